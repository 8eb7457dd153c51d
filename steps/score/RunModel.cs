using Trainyard.Learning.Scoring;
using Trainyard.Models.Packaging;

namespace Trainyard.Steps.Score;

/// <summary>The model of a run out of its package, and what it knows of the rows that it has learned.</summary>
internal sealed record RunModel(ScoringModel Model, InputTally Tally, Hindsight Hindsight)
{
    public static async Task<RunModel> LoadAsync(ScoreInputs inputs, CancellationToken cancel)
    {
        var model = await LoadedPackage.LoadAnsweringAsync(inputs.Package, inputs.Card, cancel);
        return new RunModel(
            model,
            new InputTally(model.Encoder, inputs.Card.Profile),
            await Hindsight.LoadAsync(inputs.Package, inputs.Card, cancel)
        );
    }
}
