using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>What a score run is made from: the steps before it, and the model it was frozen with.</summary>
internal sealed record ScoreInputs
{
    public required StandingManifest Extract { get; init; }

    public required StandingManifest Features { get; init; }

    public required Package Package { get; init; }

    public required Card Card { get; init; }

    public required string CardSha256 { get; init; }

    public required PredictionColumns Columns { get; init; }

    public bool HasNoRows => Features.Value.ExitCode == ExitCode.NothingToDo;

    /// <summary>As the manifest names them.</summary>
    public IReadOnlyList<ManifestInput> AsInputs =>
        [
            Extract.AsInput,
            Features.AsInput,
            new ManifestInput(Package.Store.UriOf($"{Package.Root}/{Package.CardFile}"), CardSha256),
        ];

    public static async Task<ScoreInputs> ReadAsync(StepContext context, CancellationToken cancel)
    {
        var (run, file) = (context.Run, context.File);
        var served = file.Model!;
        var features = await run.ReadManifestAsync(StepName.Features, cancel);
        var package = new Package(run.Store, run.Pipeline, served.Version);
        var (card, sha256) = await package.ReadCardAsync(cancel);
        if (sha256 != served.CardSha256)
        {
            throw Fault.BadData(
                $"The card of model '{served.Version}' is not the one this run was frozen with: its SHA-256 is "
                    + "another. Nothing was published; start a new run."
            );
        }

        return new ScoreInputs
        {
            Extract = await run.ReadManifestAsync(StepName.Extract, cancel),
            Features = features,
            Package = package,
            Card = card,
            CardSha256 = sha256,
            Columns = new PredictionColumns(
                file,
                features.Value.Dataset ?? throw Fault.BadData($"{features.Uri} lists no dataset. Start a new run.")
            ),
        };
    }
}
