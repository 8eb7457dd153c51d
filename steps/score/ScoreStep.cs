using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Learning.Scoring;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Scores the parts with the run's model or takes those that its shards have scored, checks the inputs
/// against their limits, and publishes. Until then nobody sees anything.</summary>
internal static class ScoreStep
{
    /// <summary>Among the details of whoever has answered rows: the threads' seconds that it took, trees and
    /// calibrator alone.</summary>
    public const string ThreadSeconds = "predicting_thread_seconds";

    public static async Task<StepOutcome> RunAsync(StepContext context, CancellationToken cancel)
    {
        var (watch, startedAt) = (Stopwatch.StartNew(), context.Time.GetUtcNow());
        var inputs = await ScoreInputs.ReadAsync(context, cancel);
        if (context.Get(ScoreSettings.Shard) is { } shard)
        {
            return await ShardStep.RunAsync(context, shard, inputs, startedAt, cancel);
        }

        var publishing = new Publishing(context, inputs, watch);
        if (inputs.HasNoRows)
        {
            // The run is published with no rows, so that whoever looks for missing predictions sees that there were
            // none to make.
            await publishing.RunAsync(null, [], [], startedAt, cancel);
            return new StepOutcome(
                ExitCode.NothingToDo,
                $"There is nothing to score with model {inputs.Card.Version}: the run has no rows."
            )
            {
                Inputs = inputs.AsInputs,
                Dataset = new DatasetInfo { Columns = inputs.Columns.Columns, Parts = [] },
            };
        }

        return context.Get(ScoreSettings.Publish) is > 0 and var shards
            ? await PublishShardsAsync(context, inputs, publishing, shards, cancel)
            : await ScoreAndPublishAsync(context, inputs, publishing, startedAt, cancel);
    }

    private static async Task<StepOutcome> ScoreAndPublishAsync(
        StepContext context,
        ScoreInputs inputs,
        Publishing publishing,
        DateTimeOffset startedAt,
        CancellationToken cancel
    )
    {
        var model = await RunModel.LoadAsync(inputs, context.File.AsOf, cancel);
        var scoring = new Scoring(context, inputs, model, startedAt);
        var parts = await scoring.RunAsync([.. Enumerable.Range(0, inputs.Columns.Features.Parts.Count)], cancel);
        ScoreSummary summary;
        try
        {
            summary = Judge(context, inputs, model.Tally, parts, startedAt);
        }
        catch
        {
            await scoring.DeleteAsync(parts);
            throw;
        }

        var file = await StepFile.WriteAsync(
            context,
            ScoreSummary.Stem,
            ScoreExhibits.Of(summary, inputs.Card),
            cancel
        );
        await publishing.RunAsync(summary, parts, [], startedAt, cancel);
        var outcome = Outcome(context, inputs, summary, file, parts);
        outcome.Details[ThreadSeconds] = model.Model.ThreadTime.TotalSeconds;
        return outcome;
    }

    private static async Task<StepOutcome> PublishShardsAsync(
        StepContext context,
        ScoreInputs inputs,
        Publishing publishing,
        int of,
        CancellationToken cancel
    )
    {
        var shards = await StandingShards.ReadAsync(context, inputs, of, cancel);
        var encoder = await LoadedPackage.LoadEncoderAsync(inputs.Package, inputs.Card, cancel);
        var summary = Judge(
            context,
            inputs,
            await RunModel.TallyAsync(inputs, encoder, context.File.AsOf, cancel),
            shards.Parts,
            shards.PredictedAt
        );
        var file = await StepFile.WriteAsync(
            context,
            ScoreSummary.Stem,
            ScoreExhibits.Of(summary, inputs.Card),
            cancel
        );
        var parts = await new ShardReasons(context, inputs.Columns).TrimAsync(shards.Parts, cancel);
        await publishing.RunAsync(summary, parts, shards.Manifests, shards.StartedAt, cancel);
        var outcome = Outcome(context, inputs, summary, file, parts);
        outcome.Details["shards"] = of;
        return outcome with { Inputs = [.. outcome.Inputs, .. shards.Manifests.Select(manifest => manifest.AsInput)] };
    }

    /// <summary>The summary of the whole run; 65 where its inputs break their limits.</summary>
    private static ScoreSummary Judge(
        StepContext context,
        ScoreInputs inputs,
        InputTally tally,
        IReadOnlyList<ScoredPart> parts,
        DateTimeOffset predictedAt
    )
    {
        var moved = tally.Compare([.. parts.Select(part => part.Inputs)]);
        var told = tally.Told(moved) is { } known ? known with { IsTrial = context.File.IsTrial } : null;
        InputTally.Demand(moved, told, context.File.Operations.Inputs);
        if (told is { IsAlarm: true })
        {
            context.Warn($"The inputs have moved: {InputTally.Moved(moved, told)}. The run goes on.");
        }
        else if (
            context.File.Operations.Inputs.Moved == OnMoved.Refuse
            && MovesTold.WhyNot(told, inputs.Card.Definition) is { } why
        )
        {
            context.Warn($"inputs.moved cannot refuse this run. {why.Replace('\u00a0', ' ')} The run goes on.");
        }

        if (inputs.Columns.Reasons is not null && parts.All(part => part.Reasons is null))
        {
            context.Warn(
                $"Model {inputs.Card.Version} cannot say why it answers so, as none of version 1.0 can: this run "
                    + "has no reasons. Train again."
            );
        }

        var summary = Summary.Of(inputs.Card, parts, moved, predictedAt);
        if (CountedRows.Warning(summary, inputs.Card, context.File.Operations.Gate) is { } warning)
        {
            context.Warn(warning);
        }

        return summary with
        {
            Moves = told,
            Table = context.File.IsTrial ? null : inputs.Columns.Table.Name,
        };
    }

    private static StepOutcome Outcome(
        StepContext context,
        ScoreInputs inputs,
        ScoreSummary summary,
        StoredFile summaryFile,
        IReadOnlyList<ScoredPart> parts
    ) =>
        new(ExitCode.Done, Sentence(summary, inputs))
        {
            Inputs = inputs.AsInputs,
            Dataset = new DatasetInfo
            {
                Columns = inputs.Columns.Columns,
                Parts = [.. parts.Select(part => part.Part)],
            },
            Files = [summaryFile, .. ScoredPart.BesideOf(parts)],
            Details = Details(context, summary),
        };

    private static string Sentence(ScoreSummary summary, ScoreInputs inputs)
    {
        var where = summary.Table is null
            ? "a trial publishes nothing"
            : $"published in {inputs.Columns.QualifiedTable}";
        var positives = summary.Positives is { } count
            ? string.Create(CultureInfo.InvariantCulture, $", {count:N0} {inputs.Card.Definition.Model.Task.Counts}")
            : "";
        return $"Scored {Counted.Of(summary.Rows, "row")} with model {summary.Model}{positives}; {where}.";
    }

    private static JsonObject Details(StepContext context, ScoreSummary summary) =>
        new()
        {
            ["model"] = summary.Model,
            ["rows"] = summary.Rows,
            ["positives"] = summary.Positives,
            ["hindsight"] = summary.Hindsight,
            ["current"] = Current(context.File, summary),
            ["mean"] = summary.Mean,
            ["table"] = summary.Table,
            ["predicted_at"] = summary.PredictedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };

    /// <summary>How many of the rows the view <c>_current</c> shows.</summary>
    private static long Current(RunFile run, ScoreSummary summary) =>
        run.IsTrial || run.Model!.Override ? 0 : summary.Rows - summary.Hindsight;
}
