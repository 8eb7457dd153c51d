using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Splits;

/// <summary> What the fit that answers learns, where it is not the measured one: every row with a mature label (where
/// labels are not learned, every row), those of the holdout and of the gaps included. In time it stops at the as-of
/// before the run's, so that it has learned no row that the score run of the same as-of asks about, however early
/// labels are mature. </summary>
/// <param name="Rows">By their places in the frame.</param>
/// <param name="Through">The last cutoff among them; null where the table has no time.</param>
public sealed record ServedRows(int[] Rows, DateTimeOffset? Through)
{
    /// <summary>Null where the measured fit is to answer; 65 where there is nothing to learn.</summary>
    public static ServedRows? Of(Definition definition, Frame frame, DateTimeOffset asOf)
    {
        if (definition.Model.Serve == Serve.Measured)
        {
            return null;
        }

        DateTimeOffset? last = frame.Cutoffs.Length == 0 ? null : definition.Clock.Previous(asOf);
        int[] rows =
        [
            .. Enumerable
                .Range(0, frame.Rows)
                .Where(row =>
                    (!definition.Model.Task.LearnsLabels || frame.Labels.IsKnown(row))
                    && (last is null || frame.Cutoffs[row] <= last)
                ),
        ];
        return WhyNot(definition.Model.Task, frame.Labels.Take(rows)) is { } why
            ? throw Fault.BadData(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The fit that answers is to learn every row{Where(last)}, but {why} there. Mend the rows, give "
                        + $"rows.history more, or set model.serve to measured. Nothing was changed."
                )
            )
            : new ServedRows(rows, last is null ? null : rows.Max(row => frame.Cutoffs[row]));
    }

    private static string? WhyNot(ModelTask task, Labels labels) =>
        labels.Values.Length == 0 ? (task.LearnsLabels ? "no row with a label is" : "no row is")
        : LearningTasks.Of(task).Alike(labels) is { } alike ? $"all {labels.Values.Length} labels are {alike}"
        : null;

    private static string Where(DateTimeOffset? last) =>
        last is { } cutoff
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" with a cutoff up to {cutoff:yyyy-MM-ddTHH:mm:ssZ}, the as-of before this one"
            )
            : "";
}
