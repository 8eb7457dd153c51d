using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>A card as it is shown. The train step writes it so; of one that version 1.0 wrote, exhibits and facts are
/// made of the fields it has instead.</summary>
public static class CardExhibits
{
    /// <summary>The card with exhibits and facts, and without the fields that they stand for.</summary>
    /// <param name="more">Exhibits that come after those made of fields.</param>
    public static Card Of(Card card, IReadOnlyList<Exhibit>? more = null) =>
        card.Exhibits is not null
            ? card
            : card with
            {
                Exhibits = [.. Made(card), .. more ?? []],
                Facts = [.. Facts(card)],
                Evaluation = card.Evaluation with
                {
                    Roc = null,
                    PrecisionRecall = null,
                    Reliability = null,
                    ByWeek = null,
                    Importances = null,
                    Exhibits = null,
                    Facts = null,
                },
            };

    private static IEnumerable<Exhibit> Made(Card card)
    {
        var evaluation = card.Evaluation;
        var words = AnswerWords.Of(card);
        foreach (var told in evaluation.Exhibits ?? [])
        {
            yield return told;
        }

        if (evaluation.Roc is { Count: > 1 } roc)
        {
            yield return AucCurve.Of(evaluation, roc);
        }

        if (evaluation.PrecisionRecall is { Count: > 1 } curve)
        {
            yield return PrAucCurve.Of(card, curve);
        }

        if (evaluation.Reliability is { Count: > 0 } bins)
        {
            yield return new BinsExhibit
            {
                Id = "reliability",
                Title = words.ReliabilityTitle,
                Caption = words.ReliabilityCaption,
                Description =
                    $"{bins.Count} bins of rows: predicted against observed. On the diagonal the two are equal.",
                Predicted = words.Predicted,
                Observed = words.Observed,
                Bins = bins,
            };
        }

        yield return new HistogramExhibit
        {
            Id = "scores",
            Title = "How predictions are spread",
            Caption = card.Threshold is { } threshold
                ? $"The line is the threshold, {Formats.Metric(threshold)}."
                : "Rows of the holdout by what is predicted for them.",
            Description =
                $"Histogram of the predictions on the holdout, from {Formats.Metric(card.Scores.Low)} to "
                + $"{Formats.Metric(card.Scores.High)}.",
            X = new Axis($"predicted {words.Answer.Name}"),
            Histogram = card.Scores,
            Mark = ThresholdOf(card),
        };

        if (evaluation.Coverage is { } coverage)
        {
            yield return CoverageExhibit.Of(coverage);
        }

        if (card.Tried is { } trained)
        {
            yield return TrainersExhibit.Of(card, trained);
        }

        if (card.Trials is { } trials)
        {
            yield return TrialsExhibit.Of(card, trials);
        }

        if (card.Served is { Figures.Count: > 0 } served)
        {
            yield return Fits(served);
        }

        if (evaluation.ByWeek is { Count: > 1 } weeks)
        {
            yield return Weeks(evaluation, weeks, words);
        }

        if (evaluation.Importances is { Count: > 0 } importances)
        {
            yield return ImportancesExhibit.Of(importances, evaluation.MetricTitle);
        }

        if (evaluation.Constraints is { Count: > 0 } tried)
        {
            yield return ConstraintsExhibit.Of(tried, words);
        }
    }

    internal static Level? ThresholdOf(Card card) =>
        card.Threshold is { } threshold ? new Level(threshold, $"threshold {Formats.Metric(threshold)}") : null;

    private static PeriodsExhibit Weeks(Evaluation evaluation, IReadOnlyList<PeriodMetric> weeks, AnswerWords words) =>
        new()
        {
            Id = "weeks",
            Title = $"{evaluation.MetricTitle} by week",
            Caption = "Does it last through the holdout, or fade?",
            Description =
                $"{evaluation.MetricTitle} of {(evaluation.Baseline is null ? "the model" : "model and baseline")} in "
                + $"{weeks.Count} weeks of the holdout.",
            Wide = true,
            Of = "Week of",
            Y = new Axis(evaluation.MetricTitle),
            Lines =
            [
                new PeriodLine("model", Role.Model),
                .. evaluation.Baseline is null
                    ? Array.Empty<PeriodLine>()
                    : [new PeriodLine("baseline", Role.Baseline)],
            ],
            Others = evaluation.LabelMean is null ? [] : [words.LabelMean],
            Periods =
            [
                .. weeks.Select(week => new Period(
                    week.From,
                    week.Rows,
                    [
                        week.Model,
                        .. evaluation.Baseline is null ? [] : new[] { week.Baseline },
                        .. evaluation.LabelMean is null ? [] : new[] { week.LabelMean },
                    ]
                )),
            ],
        };

    private static TableExhibit Fits(ServedFit served)
    {
        return new()
        {
            Id = "fits",
            Title = "The fit that answers",
            Caption =
                $"It has learned {Formats.Count(served.Rows, "row")}, rows of the holdout among them, at the size, "
                + "calibration and threshold of the measured fit. So what it reaches on the holdout is no promise; it "
                + "only has to stay within these limits.",
            Of = "On the holdout",
            Columns = [.. served.Figures.Select(figure => new Axis(Formats.Heading(figure.Name), figure.Unit))],
            Rows =
            [
                Row("measured", figure => figure.Measured),
                Row("answers", figure => figure.Served),
                Row("at least", figure => figure.Least),
                Row("at most", figure => figure.Most),
            ],
        };

        TableRow Row(string name, Func<HeldFigure, double?> of) => new(name, [.. served.Figures.Select(of)]);
    }

    /// <summary>Validation picks it for all that is of one size.</summary>
    private static string SizeOf(Card card, Trainer trainer)
    {
        var (model, metric) = (card.Learned.Model, card.Definition.Metric);
        var isOfClasses = trainer.SizesClasses && model.Task.Learns(model, metric) == Loss.Softmax;
        var fits = card.Options is { } options ? LearnedOptions.Read(options, trainer).Fits : 1;
        return Formats.Count(card.Trees, trainer.Unit)
            + (isOfClasses && card.Classes is { } classes ? $" for each of {Formats.Count(classes.Count)} classes" : "")
            + (fits > 1 ? $" with each of {Formats.Count(fits, "seed")}" : "");
    }

    private static IEnumerable<Fact> Facts(Card card)
    {
        var trainer = card.Learned.Model.Trainer;
        yield return new Fact(
            "Trainer",
            trainer.Title + (card.Tried is { } tried ? $", {TrainerTried.Chose(tried)}" : "")
        )
        {
            Section = Sections.Model,
        };
        yield return new Fact("Size", SizeOf(card, trainer)) { Section = Sections.Model };
        if (card.Options is { } options)
        {
            yield return new Fact("Options", LearnedOptions.Text(options)) { Section = Sections.Model };
        }

        if (card.Trials is { } trials)
        {
            yield return TrialsExhibit.FactOf(card, trials);
        }

        if (card.Served is { } served)
        {
            yield return new Fact("Answers with", $"a fit on {Formats.Count(served.Rows, "row")}")
            {
                Section = Sections.Model,
            };
        }

        if (card.Threshold is { } threshold && card.Definition.Model.Task.Keys.Contains("threshold"))
        {
            yield return new Fact("Threshold", Formats.Metric(threshold)) { Note = ThresholdWords.Of(card) };
        }

        if (card.Evaluation.LabelMean is { } mean)
        {
            yield return new Fact("Labels", AnswerWords.Of(card).Labels(mean)) { Note = "In the holdout." };
        }

        foreach (var fact in EvaluationFacts.Of(card.Evaluation))
        {
            yield return fact;
        }

        foreach (var told in card.Evaluation.Facts ?? [])
        {
            yield return told;
        }
    }
}
