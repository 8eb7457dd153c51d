using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary><c>score --shard 2/4</c>: scores its parts into the store. Who publishes looks at all shards, and only
/// there are the inputs' limits judged.</summary>
internal static class ShardStep
{
    public static async Task<StepOutcome> RunAsync(
        StepContext context,
        Shard shard,
        ScoreInputs inputs,
        DateTimeOffset startedAt,
        CancellationToken cancel
    )
    {
        int[] numbers = [.. Enumerable.Range(0, inputs.Columns.Features.Parts.Count).Where(shard.Has)];
        var (parts, time) =
            numbers.Length == 0 ? ([], TimeSpan.Zero) : await ScoreAsync(context, inputs, numbers, startedAt, cancel);
        var scores = new ShardScores
        {
            Format = parts.Any(part => part.Sides is not null || part.Answered is not null || part.Reasons is not null)
                ? 2
                : 1,
            Shard = shard,
            Model = inputs.Card.Version,
            CardSha256 = inputs.CardSha256,
            FeaturesSha256 = inputs.Features.Sha256,
            PredictedAt = startedAt,
            Parts = parts,
        };
        var rows = parts.Sum(part => part.Part.Rows);
        return new StepOutcome(
            inputs.HasNoRows ? ExitCode.NothingToDo : ExitCode.Done,
            Sentence(shard, inputs, parts.Count, rows)
        )
        {
            Inputs = inputs.AsInputs,
            Dataset = new DatasetInfo
            {
                Columns = inputs.Columns.Columns,
                Parts = [.. parts.Select(part => part.Part)],
            },
            Files =
            [
                await StepFile.WriteAsync(context, ShardScores.Stem, scores, cancel),
                .. ScoredPart.BesideOf(parts),
            ],
            Details = new JsonObject
            {
                ["shard"] = shard.ToString(),
                ["model"] = inputs.Card.Version,
                ["rows"] = rows,
                [ScoreStep.ThreadSeconds] = time.TotalSeconds,
            },
        };
    }

    private static async Task<(IReadOnlyList<ScoredPart> Parts, TimeSpan ThreadTime)> ScoreAsync(
        StepContext context,
        ScoreInputs inputs,
        int[] numbers,
        DateTimeOffset startedAt,
        CancellationToken cancel
    )
    {
        var model = await RunModel.LoadAsync(inputs, context.File.AsOf, cancel);
        var parts = await new Scoring(context, inputs, model, startedAt).RunAsync(numbers, cancel);
        return (parts, model.Model.ThreadTime);
    }

    private static string Sentence(Shard shard, ScoreInputs inputs, int parts, long rows)
    {
        var all = inputs.Columns.Features.Parts.Count;
        var next = $"'score --publish {shard.Of}' publishes all shards.";
        return inputs.HasNoRows
                ? $"There is nothing to score with model {inputs.Card.Version}: the run has no rows. {next}"
            : parts == 0 ? $"Shard {shard} has nothing to score: the run has fewer parts ({all}) than shards. {next}"
            : $"Scored {Counted.Of(rows, "row")}, {parts} of {Counted.Of(all, "part")}, as shard {shard} with model "
                + $"{inputs.Card.Version}. {next}";
    }
}
