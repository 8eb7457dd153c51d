using Onnx;
using Trainyard.Learning.Data;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Splits;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Steps.Score.Exporting;

namespace Trainyard.Tests.Models;

/// <summary>Files of models made elsewhere, and rows that they answer.</summary>
internal static class OnnxCases
{
    public const string Name = "model.onnx";

    public static readonly Frame Rows = Wide(Some.Frame(task: ModelTask.Regression));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Learning.Training.TrainedModel Take(
        byte[] file,
        Frame frame,
        string task = "regression",
        Func<OnnxModelOptions, OnnxModelOptions>? say = null
    )
    {
        var definition = DefinitionOf(task, say: say);
        return Training.Run(
            definition,
            frame,
            SplitOf(definition, frame),
            2,
            _ => { },
            Cancel,
            files: new Dictionary<string, byte[]> { [Name] = file }
        );
    }

    public static Definition DefinitionOf(
        string task,
        string learnedThrough = "2025-12-31",
        Func<OnnxModelOptions, OnnxModelOptions>? say = null
    )
    {
        var definition = Some.Definition(Some.Task(task)).LearnedBy(Trainer.OnnxModel);
        var options = new OnnxModelOptions { File = Name, LearnedThrough = learnedThrough };
        return definition with
        {
            Model = definition.Model with
            {
                Options = say?.Invoke(options) ?? options,
                Calibrate = task == "multiclass" ? Calibration.Temperature : Calibration.None,
            },
        };
    }

    public static Split SplitOf(Definition definition, Frame frame) =>
        Split.Of(definition, frame, Some.Start.AddDays(59));

    public static Frame Labelled(string task) =>
        task switch
        {
            "binary" => Rows with { Labels = new Labels(Array.ConvertAll(Rows.Labels.Values, y => y > 1.5 ? 1.0 : 0)) },
            "multiclass" => Rows with
            {
                Labels = new Labels(
                    Array.ConvertAll(
                        Rows.Labels.Values,
                        y =>
                            y < 1 ? 0.0
                            : y < 1.8 ? 1
                            : 2
                    ),
                    ["low", "middle", "high"]
                ),
            },
            _ => Rows,
        };

    /// <summary>With numbers that 32 bits do not hold.</summary>
    public static Frame Wide(Frame frame)
    {
        var random = new Random(3);
        return frame with
        {
            Columns =
            [
                .. frame.Columns,
                new NumberColumn("wide", [.. Enumerable.Range(0, frame.Rows).Select(_ => 1e9 + random.NextDouble())]),
            ],
        };
    }

    public static Func<string, ColumnType> TypeOf(Frame frame) =>
        name => frame.Find(name) is CategoryColumn ? ColumnType.Text : ColumnType.Double;

    public static GraphValue[] AllInputs(Graph graph, Func<string, GraphType?>? typeOf = null) =>
        [
            .. Rows.Columns.Select(column =>
                graph.Input(
                    new(
                        column.Name,
                        typeOf?.Invoke(column.Name) ?? (column is CategoryColumn ? GraphType.Text : GraphType.Number)
                    )
                )
            ),
        ];

    public static byte[] FileOf(Graph graph, IReadOnlyList<string>? classes = null) =>
        OnnxFile.Of(
            graph,
            "1",
            classes is null ? [] : [new("classes", System.Text.Json.JsonSerializer.Serialize(classes, Json.Compact))]
        );

    /// <summary>A file that is odd in one thing.</summary>
    public static byte[] Odd(string what)
    {
        var graph = new Graph(["x", "noise", "letter", "wide", "wider", "all"]);
        if (what == "matrix")
        {
            graph.Output(new("value", GraphType.Number), graph.Input(new("all", GraphType.Number, 4)).Column(0));
            return FileOf(graph);
        }

        GraphValue[] inputs =
        [
            .. Rows
                .Columns.Where(column => what is not ("missing" or "unknown") || column.Name != "wide")
                .Select(column =>
                    graph.Input(
                        new(
                            column.Name,
                            column is CategoryColumn || (what == "text" && column.Name == "wide")
                                ? GraphType.Text
                                : GraphType.Number,
                            what == "several" && column.Name == "wide" ? 2 : 1
                        )
                    )
                ),
        ];
        var value = what switch
        {
            "unknown" => graph.Input(new("wider", GraphType.Number)),
            "beside" => inputs[1].Minus(graph.Node("ReduceMean", inputs[1])),
            _ => inputs[1],
        };
        foreach (
            var field in what switch
            {
                "classes" => new GraphField[] { new("p", GraphType.Number, 3) },
                "outputs" => [new("one", GraphType.Number), new("other", GraphType.Number)],
                _ => [new("value", GraphType.Number)],
            }
        )
        {
            graph.Output(field, what == "classes" ? GraphValue.Row([value, value, value]) : value);
        }

        var file = FileOf(graph);
        if (what != "fixed")
        {
            return file;
        }

        var model = ModelProto.Parser.ParseFrom(file);
        model.Graph.Input.Single(input => input.Name == "wide").Type.TensorType.Shape.Dim[0].DimValue = 1;
        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }

    /// <summary>Of operations that do not exist yet.</summary>
    public static byte[] Newer(byte[] file)
    {
        var model = ModelProto.Parser.ParseFrom(file);
        model.OpsetImport[0].Version = 999;
        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }

    /// <summary>Rows are answered by several threads.</summary>
    public static Exception Innermost(Action action)
    {
        var thrown = Assert.ThrowsAny<Exception>(action);
        while (thrown is not Fault && thrown.InnerException is { } inner)
        {
            thrown = inner;
        }

        return thrown;
    }
}
