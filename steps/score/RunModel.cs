using Trainyard.Learning.Drift;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Models.Packaging;

namespace Trainyard.Steps.Score;

/// <summary>The model of a run out of its package, and what it knows of the rows that it has learned.</summary>
internal sealed record RunModel(ScoringModel Model, InputTally Tally, Hindsight Hindsight)
{
    public static async Task<RunModel> LoadAsync(ScoreInputs inputs, DateTimeOffset asOf, CancellationToken cancel)
    {
        var model = await LoadedPackage.LoadAnsweringAsync(inputs.Package, inputs.Card, cancel);
        return new RunModel(
            model,
            await TallyAsync(inputs, model.Encoder, asOf, cancel),
            await Hindsight.LoadAsync(inputs.Package, inputs.Card, cancel)
        );
    }

    /// <summary>Alone, for who only adds up and compares inputs.</summary>
    public static async Task<InputTally> TallyAsync(
        ScoreInputs inputs,
        Encoder encoder,
        DateTimeOffset asOf,
        CancellationToken cancel
    ) => new(encoder, inputs.Card.Profile, await RunSeason.ReadAsync(inputs.Package, inputs.Card, asOf, cancel));
}
