namespace Trainyard.Registry;

/// <summary>A summary as it is shown. The score step writes it so; of one that version 1.0 wrote, exhibits and facts
/// are made of the fields it has instead.</summary>
public static class ScoreExhibits
{
    private const int MostClasses = 100;

    /// <summary>The summary with exhibits, facts and a scale, and without the fields that they stand for.</summary>
    public static ScoreSummary Of(ScoreSummary summary, Card card)
    {
        if (summary.Exhibits is not null)
        {
            return summary;
        }

        var words = AnswerWords.Of(card);
        return summary with
        {
            Facts = [.. Facts(summary, card, words)],
            Exhibits = [.. Made(summary, card, words)],
            Answer = words.Answer,
            Task = null,
            Positives = null,
            Answered = null,
            Mean = null,
            Scores = null,
        };
    }

    private static IEnumerable<Exhibit> Made(ScoreSummary summary, Card card, AnswerWords words)
    {
        if (summary.Answered is { } answered && card.AnsweringClasses is { } classes)
        {
            yield return Answered(summary, answered, classes, card.Definition.Model.Task.Chooses ?? "class");
        }

        if (summary.Scores is { } scores)
        {
            yield return Spread(summary, scores, card, words);
        }
    }

    private static TableExhibit Answered(
        ScoreSummary summary,
        IReadOnlyList<long> answered,
        IReadOnlyList<string> classes,
        string noun
    ) =>
        new()
        {
            Id = "answered",
            Title = "What is predicted",
            Of = Formats.Heading(noun),
            Columns = [new Axis("Rows", Unit.Count), new Axis("Share", Unit.Share)],
            Rows =
            [
                .. classes
                    .Zip(answered)
                    .OrderByDescending(each => each.Second)
                    .Take(MostClasses)
                    .Select(each => new TableRow(each.First, [each.Second, (double)each.Second / summary.Rows])),
            ],
            Caption =
                classes.Count > MostClasses
                    ? $"The {MostClasses} most frequent of {Formats.Count(classes.Count)}."
                    : null,
        };

    private static IEnumerable<Fact> Facts(ScoreSummary summary, Card card, AnswerWords words)
    {
        if (summary.Positives is { } positives)
        {
            yield return new Fact(words.LabelMean.Name, $"{Formats.Count(positives)} of {Formats.Count(summary.Rows)}")
            {
                Note =
                    $"{Formats.Count(positives)} of them ({Formats.Share(positives, summary.Rows)}) reach the "
                    + $"threshold of {Formats.Metric(card.Threshold)}{Before(card)}.",
            };
        }
        else if (summary.Mean is { } mean)
        {
            yield return new Fact("Mean", Formats.Metric(mean)) { Note = $"Their mean is {Formats.Metric(mean)}." };
        }
    }

    /// <summary>What share it was in training, where a metric says it.</summary>
    private static string Before(Card card) =>
        card.Definition.Model.Task.CountedAs is { } metric
        && card.Evaluation.Model.Metrics.TryGetValue(metric, out var share)
            ? $"; of the holdout of training {Formats.Share(share)} did"
            : "";

    private static HistogramExhibit Spread(ScoreSummary summary, Histogram scores, Card card, AnswerWords words)
    {
        var mean = summary.Mean is { } now ? $" The mean is {Formats.Metric(now)} now" : "";
        var labels =
            card.Evaluation.LabelMean is { } then
                ? $"{(mean.Length > 0 ? "; on" : " On")} the holdout of training {words.OnTheHoldout(then)}."
            : mean.Length > 0 ? "."
            : "";
        return new HistogramExhibit
        {
            Id = "spread",
            Title = "Now, beside training",
            Caption =
                $"Bars: the {Formats.Count(summary.Rows, "row")} of this run. Line: the "
                + $"{Formats.Count(card.Split.HoldoutRows, "row")} held out in training.{mean}{labels}",
            Description =
                $"How {Formats.Count(summary.Rows, "prediction")} are spread, as shares of their number, beside those "
                + "on the holdout of training.",
            Wide = true,
            X = new Axis($"predicted {words.Answer.Name}"),
            Histogram = scores,
            Counted = "Now",
            Beside = new Beside("Training", card.Scores),
            Mark = CardExhibits.ThresholdOf(card),
        };
    }
}
