using Trainyard.Datasets;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Live;

/// <summary>Makes answers of what was published, so that they are measured as those of a holdout are.</summary>
public static class LiveAnswers
{
    /// <param name="spec">That of the model which answered: it says in which columns.</param>
    /// <param name="reading">How the fit that answered is read.</param>
    /// <param name="columns">Those of the fields, as they are called in a table with this key.</param>
    /// <param name="fields">Row by row what was published, as a dataset has it; empty where null.</param>
    /// <param name="asked">The classes of the labels, by their codes; null where labels are no classes.</param>
    /// <returns>Null where what was published is not all that the model answered, as when it knows more classes than
    /// their probabilities were published.</returns>
    public static Answers? Of(
        ITask task,
        ModelSpec spec,
        Reading reading,
        IReadOnlyList<string> key,
        IReadOnlyList<Column> columns,
        IReadOnlyList<IReadOnlyList<string>> fields,
        IReadOnlyList<string>? asked
    )
    {
        var names = columns.Select(column => column.Name).ToList();
        int[] places =
        [
            .. task
                .Declaration.AnswersOf(spec)
                .Where(answer => answer.Type == ColumnType.Double)
                .Select(answer => names.IndexOf(PredictionNames.NameIn(answer, key))),
        ];
        if (reading.Classes is { } classes && classes.Count != places.Length)
        {
            return null;
        }

        var scores = new double[fields.Count * places.Length];
        for (var row = 0; row < fields.Count; row++)
        {
            for (var i = 0; i < places.Length; i++)
            {
                scores[(row * places.Length) + i] = Number(fields[row][places[i]], columns[places[i]]);
            }
        }

        // What was published has been through the temperature.
        return task.Answer(spec, new Scores(scores, places.Length), reading with { Temperature = null }, asked);
    }

    /// <summary>The answers of several models, each for the rows that it was asked, one after the other: what people
    /// were told. What answers know that are of several kinds is left out.</summary>
    public static Answers Together(IReadOnlyList<Answers> answers)
    {
        if (answers is [var only])
        {
            return only;
        }

        double[] ranking = [.. answers.SelectMany(each => each.Ranking)];
        var widths = answers.Select(each => each.Scores.Width).Distinct().ToList();
        var shares = answers.Select(each => each.Interval?.Share).Distinct().ToList();
        var quantiles = answers.Select(each => each.Quantile).Distinct().ToList();
        return new Answers
        {
            Scores = widths is [var width]
                ? new Scores([.. answers.SelectMany(each => each.Scores.Values)], width)
                : new Scores(ranking, 1),
            Ranking = ranking,
            Quantile = quantiles is [var quantile] ? quantile : null,
            Interval = shares is [{ } share]
                ? new AnsweredInterval(
                    [.. answers.SelectMany(each => each.Interval!.Low)],
                    [.. answers.SelectMany(each => each.Interval!.High)],
                    share
                )
                : null,
            Classes = answers.All(each => each.Classes is not null) ? ClassesOf(answers) : null,
            Counted = answers.Sum(each => each.Counted),
        };
    }

    private static ClassAnswers ClassesOf(IReadOnlyList<Answers> answers)
    {
        (ClassAnswers Classes, int Row)[] rows =
        [
            .. answers.SelectMany(each => each.Ranking.Select((_, row) => (each.Classes!, row))),
        ];
        return new ClassAnswers(
            [.. answers.SelectMany(each => each.Classes!.Chosen)],
            (row, label) => rows[row].Classes.ProbabilityOf(rows[row].Row, label),
            answers[^1].Classes!.CostOf
        );
    }

    private static double Number(string field, Column column) =>
        NumberText.TryParse(System.Text.Encoding.UTF8.GetBytes(field), column.Type, out var value)
        && double.IsFinite(value)
            ? value
            : throw new Fault(
                ExitCode.BadData,
                $"A prediction that was published has '{field}' in '{column.Name}', which is no number to measure. "
                    + "Nothing was changed."
            )
            {
                Outline = $"A prediction that was published has no number in '{column.Name}'. Nothing was changed.",
            };
}
