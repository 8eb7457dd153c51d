using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Extract;

/// <summary>Whether a run has as many rows as blocks like it had: half a source would be scored without a
/// word.</summary>
internal static class Volume
{
    /// <summary>Null where there is nothing to compare with: no time, a model of 1.0, a trial.</summary>
    public static RowsTold? Of(RunPlan plan, long rows)
    {
        if (plan is not { Known: { } known, Limit: null })
        {
            return null;
        }

        var seasons = new Seasons(plan.Definition.Clock);
        var season = seasons.Of(plan.AsOf);
        return RowsTold.Of(
            rows,
            known.Rows.FirstOrDefault(each => each.Season == season) ?? SeasonRows.None(season),
            seasons,
            plan.Operations.Inputs
        );
    }

    /// <summary>76 where there are so few that some are not there yet; a word where there are few.</summary>
    public static void Demand(StepContext context, RunPlan plan, RowsTold told)
    {
        var rows = $"{plan.SqlFile}: {Formats.Count(told.Rows, "row")} as of {RowChecks.Text(plan.AsOf)}";
        switch (told.Verdict)
        {
            case RowsVerdict.Few:
                context.Warn($"{rows} are few: {told.Comparison}. The run goes on: {told.Limits}.");
                break;
            case RowsVerdict.HeldBack:
                var isLate = context.Time.GetUtcNow() >= plan.Deadline;
                throw new Fault(
                    isLate ? ExitCode.TemporaryFailure : ExitCode.NotThereYet,
                    $"{rows} are too few, so the run is held back: {told.Comparison}, and {told.Limits}. "
                        + (
                            isLate
                                ? $"The rest is not there {plan.Operations.Inputs.Wait} after the as-of (inputs.wait): "
                                    + "load it, and give the same command again. "
                                : "The rest may not be there yet: try again in a few minutes. "
                        )
                        + $"If these are all, lower inputs.rows ({plan.Operations.Inputs.Rows}). Nothing was changed."
                );
            default:
                break;
        }
    }
}
