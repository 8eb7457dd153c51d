using System.Globalization;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Score.Exporting;

/// <summary>The fit of a package that answers, in ONNX: encoder, calibrator and threshold are part of it.</summary>
/// <param name="Inputs">The columns of the features, as the encoder reads them.</param>
/// <param name="Outputs">What the task answers.</param>
internal sealed record ExportedModel(
    ReadOnlyMemory<byte> Content,
    IReadOnlyList<GraphField> Inputs,
    IReadOnlyList<GraphField> Outputs
)
{
    /// <summary>78 where the model has no form there.</summary>
    /// <param name="version">Of this program.</param>
    public static async Task<ExportedModel> OfAsync(
        Package package,
        Card card,
        string version,
        CancellationToken cancel
    )
    {
        var model = await LoadedPackage.LoadAnsweringAsync(package, card, cancel);
        string[] texts =
        [
            .. model.Encoder.Columns.Where(column => column.Grams is not null).Select(column => $"'{column.Name}'"),
        ];
        if (texts.Length > 0)
        {
            throw Fault.BadConfiguration(
                $"Model '{card.Version}' cannot be written as ONNX: it reads the texts {string.Join(", ", texts)} word "
                    + "by word, which has no form there. Leave them out of 'features.text' and train again, or name "
                    + "another model. Nothing was changed."
            );
        }

        var types = card.Profile.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        var graph =
            GraphOf(
                card.Definition.Model.Task,
                model,
                Reading.Answering(card),
                name => types.GetValueOrDefault(name, ColumnType.Text)
            )
            ?? throw Fault.BadConfiguration(
                $"Model '{card.Version}' cannot be written as ONNX: what has learned it, or what it answers, has no "
                    + "form there in this version, as no model of version 1.0 has. Train again, or name another model "
                    + "or trainer. Nothing was changed."
            );
        return new ExportedModel(
            OnnxFile.Of(
                graph,
                version,
                [
                    new("pipeline", card.Pipeline),
                    new("model", card.Version),
                    new("as_of", card.AsOf.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
                    new("definition", card.DefinitionHash),
                ]
            ),
            graph.Inputs,
            graph.Outputs
        );
    }

    /// <summary>Null where the model has no form in a graph.</summary>
    public static Graph? GraphOf(ModelTask task, ScoringModel model, Reading reading, Func<string, ColumnType> typeOf)
    {
        var graph = new Graph(model.Encoder.Columns.Select(column => column.Name));
        return model.Write(graph, typeOf) is { } scores && LearningTasks.Of(task).Write(graph, scores, reading)
            ? graph
            : null;
    }
}
