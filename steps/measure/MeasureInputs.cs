using System.Runtime.CompilerServices;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>What a measure run is made from: its rows with their labels, and the table of labels.</summary>
internal sealed record MeasureInputs
{
    public required StandingManifest Extract { get; init; }

    public required StandingManifest Features { get; init; }

    public required DatasetInfo Dataset { get; init; }

    public required ActualsTable Table { get; init; }

    public required Column Label { get; init; }

    public static async Task<MeasureInputs> ReadAsync(StepContext context, CancellationToken cancel)
    {
        var (run, file) = (context.Run, context.File);
        var features = await run.ReadManifestAsync(StepName.Features, cancel);
        var dataset =
            features.Value.Dataset ?? throw Fault.BadData($"{features.Uri} lists no dataset. Start a new run.");
        var definition = file.Definition;
        var label = ColumnOf(definition.Label!.Column);
        return new MeasureInputs
        {
            Extract = await run.ReadManifestAsync(StepName.Extract, cancel),
            Features = features,
            Dataset = dataset,
            Label = label,
            Table = new ActualsTable(
                new PredictionsTable(
                    PredictionNames.TableOf(file.Operations.Predictions, run.Pipeline),
                    run.Pipeline,
                    definition.Model.Task,
                    [.. definition.Rows.Key.Select(name => ColumnOf(name) with { Nullable = false })],
                    definition.Model.Task.AnswerColumns
                ),
                label,
                definition.Rows.Cutoff!
            ),
        };

        Column ColumnOf(string name) =>
            dataset.Columns.FirstOrDefault(column => column.Name == name)
            ?? throw Fault.BadData($"The features have no column '{name}'. Start a new run. Nothing was changed.");
    }

    /// <summary>The parts of the rows, each opened when it is its turn.</summary>
    public async IAsyncEnumerable<PredictionPart> OpenAsync(
        RunFolder run,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var part in Dataset.Parts)
        {
            yield return new PredictionPart(
                await run.OpenPartAsync(StepName.Features, part, cancel),
                run.Store.UriOf(run.NameOf(StepName.Features, part.File))
            );
        }
    }
}
