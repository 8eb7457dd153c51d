using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Score;

/// <summary>The rows that a run counts, held against what its model may count of the holdout.</summary>
internal static class CountedRows
{
    /// <summary>The quantile of a 95 % interval's lower end.</summary>
    private const double Deviations = 1.96;

    /// <summary>What to tell whoever runs it where they are more than that, and not by chance; else null.</summary>
    public static string? Warning(ScoreSummary summary, Card card, GateSpec gate)
    {
        var (task, rows) = (card.Definition.Model.Task, summary.Rows);
        if (
            summary.Positives is not { } count
            || task.Limits.FirstOrDefault(each => each.Figure == task.CountedAs) is not { } limit
            || Least(count, rows) <= limit.Of(gate)
        )
        {
            return null;
        }

        var before = card.Evaluation.Model.Metrics.TryGetValue(limit.Figure, out var share)
            ? $", and it was {Plain(Formats.Share(share))}"
            : "";
        var told = string.Create(CultureInfo.InvariantCulture, $"{count:N0} of {rows:N0} rows are {task.Counts}");
        return $"{told}, {Plain(Formats.Share(count, rows))}: of the holdout of training "
            + $"{Plain(Formats.Share(limit.Of(gate)))} may be (gate.{limit.Key}){before}. Look at the inputs in the "
            + "report, and train again if the world has moved. The run goes on.";

        static string Plain(string text) => text.Replace('\u00a0', ' ');
    }

    /// <summary>The lower end of Wilson's interval for the share that so many of so many rows are.</summary>
    private static double Least(long count, long rows)
    {
        if (count == 0)
        {
            return 0;
        }

        var (share, square) = ((double)count / rows, Deviations * Deviations);
        var spread = Deviations * Math.Sqrt(((share * (1 - share)) + (square / (4 * rows))) / rows);
        return (share + (square / (2 * rows)) - spread) / (1 + (square / rows));
    }
}
