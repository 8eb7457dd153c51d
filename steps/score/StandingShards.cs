using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>
/// The shards of a run as they stand in the store. They are taken only whole: 1 to N of the N asked for, each with
/// the parts
/// that are its own, all of one model and of the features that the run has. Shards of another N are not looked at.
/// </summary>
internal sealed class StandingShards
{
    private StandingShards(IReadOnlyList<StandingManifest> manifests, IReadOnlyList<ShardScores> shards)
    {
        Manifests = manifests;
        Parts = [.. shards.SelectMany(shard => shard.Parts).OrderBy(part => part.Number)];
        (StartedAt, PredictedAt) = (shards.Min(shard => shard.PredictedAt), shards.Max(shard => shard.PredictedAt));
    }

    public IReadOnlyList<StandingManifest> Manifests { get; }

    /// <summary>All parts of the run, in their order.</summary>
    public IReadOnlyList<ScoredPart> Parts { get; }

    /// <summary>When the first shard began, and the last.</summary>
    public DateTimeOffset StartedAt { get; }
    public DateTimeOffset PredictedAt { get; }

    public static async Task<StandingShards> ReadAsync(
        StepContext context,
        ScoreInputs inputs,
        int of,
        CancellationToken cancel
    )
    {
        var (manifests, missing) = (new List<StandingManifest>(), new List<Shard>());
        foreach (var shard in Shard.All(of))
        {
            if (await context.Run.TryReadManifestAsync(StepName.Score, shard.ManifestFile, cancel) is { } manifest)
            {
                manifests.Add(manifest);
            }
            else
            {
                missing.Add(shard);
            }
        }

        if (missing.Count > 0)
        {
            throw Fault.MissingInput(
                $"{missing.Count} of the {of} shards of run '{context.Run.Run}' of pipeline "
                    + $"'{context.Run.Pipeline}' {(missing.Count == 1 ? "is" : "are")} not done in "
                    + $"{context.Run.Store.Uri}: "
                    + $"run 'score' with {string.Join(", ", missing.Select(shard => $"--shard {shard}"))} first. "
                    + "Nothing was published."
            );
        }

        var shards = new List<ShardScores>();
        foreach (var (shard, manifest) in Shard.All(of).Zip(manifests))
        {
            shards.Add(await ReadAsync(context, inputs, shard, manifest, cancel));
        }

        return new StandingShards(manifests, shards);
    }

    private static async Task<ShardScores> ReadAsync(
        StepContext context,
        ScoreInputs inputs,
        Shard shard,
        StandingManifest manifest,
        CancellationToken cancel
    )
    {
        var file = manifest.Value.Files.Of(ShardScores.Stem) ?? throw Broken(manifest, "it names no scores");
        var content = await RunFolder.ReadVerifiedAsync(
            context.Run.Store,
            context.Run.FolderOf(StepName.Score),
            file,
            cancel
        );
        var scores = Documents.Read<ShardScores>(content, context.Run.Store.UriOf(context.NameOf(file.File)));
        return Problem(scores, shard, manifest.Value, inputs) is { } problem ? throw Broken(manifest, problem) : scores;
    }

    private static string? Problem(ShardScores scores, Shard shard, Manifest manifest, ScoreInputs inputs)
    {
        var sources = inputs.Columns.Features.Parts;
        int[] expected = [.. Enumerable.Range(0, sources.Count).Where(shard.Has)];
        int[] numbers = [.. scores.Parts.Select(part => part.Number)];
        return scores.Shard != shard ? $"it holds shard {scores.Shard}"
            : scores.Model != inputs.Card.Version || scores.CardSha256 != inputs.CardSha256
                ? $"it was scored with the model '{scores.Model}', and the run is of "
                    + $"'{inputs.Card.Version}'{(scores.Model == inputs.Card.Version ? " with another card" : "")}"
            : scores.FeaturesSha256 != inputs.Features.Sha256 ? "it was scored from other features than the run has"
            : !numbers.SequenceEqual(expected)
                ? $"it holds the parts [{string.Join(", ", numbers)}] instead of [{string.Join(", ", expected)}]"
            : scores.Parts.Any(part =>
                part.Part.Rows != sources[part.Number].Rows
                || part.Scores.Count != inputs.Card.Scores.Counts.Count
                || part.Answered?.Count != inputs.Card.AnsweringClasses?.Count
            )
                ? "its parts do not answer the features' rows"
            : scores.Parts.Any(part => inputs.Columns.Sides.Any(side => part.Sides?.ContainsKey(side.Name) != true))
                ? "its parts lack rows of a table beside that of predictions"
            : manifest.Dataset is not { } dataset
            || !dataset.Parts.SequenceEqual(scores.Parts.Select(part => part.Part))
            || !inputs.Columns.Are(dataset.Columns)
                ? "its dataset is not what was scored"
            : null;
    }

    private static Fault Broken(StandingManifest manifest, string problem) =>
        Fault.BadData($"{manifest.Uri} cannot be published: {problem}. Nothing was published; start a new run.");
}
