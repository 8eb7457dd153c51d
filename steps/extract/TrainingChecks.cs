using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Extract;

/// <summary>What must hold for the rows of a train run together: there are some for each part of the split, and their
/// labels have arrived.</summary>
internal static class TrainingChecks
{
    public static void Demand(RunPlan plan, RowChecks rows)
    {
        if (rows.Rows == 0)
        {
            var which = plan.Window is { } window
                ? $" with {RowChecks.Text(window.From)} < cutoff <= {RowChecks.Text(window.To)}"
                : "";
            throw Fault.BadData($"{plan.SqlFile}: there are no rows to learn from{which}. Nothing was changed.");
        }

        if (rows.RowsByPart.Count > 0)
        {
            DemandParts(plan, rows);
        }

        if (plan.Definition.Label is { } label && plan.Definition.Model.Task.LearnsLabels)
        {
            DemandLabels(plan, label, rows);
        }
    }

    private static void DemandParts(RunPlan plan, RowChecks rows)
    {
        var bounds = SplitBounds.Of(plan.Definition, plan.Window!.To);
        if (rows.RowsByPart.GetValueOrDefault(SplitPart.Fit) == 0)
        {
            throw Fault.BadData(
                $"{plan.SqlFile}: the first row is of {RowChecks.Text(rows.FirstCutoff!.Value)}, but the split "
                    + $"needs rows of {RowChecks.Text(bounds.FitEnds)} or before to fit a model: what is later goes "
                    + "to holdout, validation and the gaps before them. Give the pipeline more history, take a "
                    + "later as-of, or make model.split smaller. Nothing was changed."
            );
        }

        foreach (
            var (part, after, until) in new[]
            {
                (SplitPart.Validation, bounds.ValidationAfter, bounds.ValidationEnds),
                (SplitPart.Holdout, bounds.HoldoutAfter, bounds.HoldoutEnds),
            }
        )
        {
            if (after != until && rows.RowsByPart.GetValueOrDefault(part) == 0)
            {
                throw Fault.BadData(
                    $"{plan.SqlFile}: there are no rows for {EnumText.Of(part)}, which is "
                        + $"{RowChecks.Text(after)} < cutoff <= {RowChecks.Text(until)}; the last row is of "
                        + $"{RowChecks.Text(rows.LastCutoff!.Value)}. Is the warehouse up to date? Nothing was "
                        + "changed."
                );
            }
        }
    }

    public static void DemandLabels(RunPlan plan, LabelSpec label, RowChecks rows)
    {
        // Where the split is not in time, any row may be in the holdout.
        var isInTime = rows.RowsByPart.Count > 0;
        var (nulls, all) = isInTime
            ? (rows.NullLabelsInHoldout, rows.RowsByPart[SplitPart.Holdout])
            : (rows.NullLabels, rows.Rows);
        if ((double)nulls / all > label.NullAtMost.Value)
        {
            throw Fault.BadData(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{plan.SqlFile}: labels are late: {100.0 * nulls / all:0.#} % of '{label.Column}' are "
                        + $"null {(isInTime ? "in the holdout" : "in the rows")} ({nulls} of {all}), null_at_most is "
                        + $"{label.NullAtMost.Value * 100:0.##} %. Wait for them, or correct known_after. Nothing "
                        + $"was changed."
                )
            );
        }
    }
}
