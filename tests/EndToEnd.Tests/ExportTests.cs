using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Trainyard.Tests.EndToEnd;

/// <summary><c>trainyard export</c>: a model as a file that others can run.</summary>
public abstract class ExportTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Model = "train.20240408T000000Z.1";

    private string FileName => Path.Combine(Workspace.Folder, "meters.onnx");

    [Fact]
    public async Task What_others_answer_with_the_file_is_what_was_published()
    {
        var meters = new Meters(Workspace);
        await meters.MakeAsync();
        (await meters.RunAsync("both")).With(0);
        File.WriteAllText(FileName, "of before");
        var before = await Workspace.StateAsync();

        var told = (await ExportAsync("meters", Model, FileName)).With(0);

        Assert.Matches(
            $"^Wrote model {Model} to {FileName}, 0\\.[0-9] MB\\.\nIt takes, a row each:\n"
                + "  x  double\\[rows, 1\\]  null is NaN\nIt gives:\n  value  double\\[rows, 1\\]\n$",
            told.Output
        );
        Assert.Equal(before, await Workspace.StateAsync());
        var rows = (
            await Workspace.QueryAsync(
                "SELECT r.x, p.value FROM readings r JOIN trainyard.meters_predictions p ON p.id = r.id "
                    + "AND p.cutoff = r.ts"
            )
        )
            .Select(row => Array.ConvertAll(row.Split('|'), text => double.Parse(text, CultureInfo.InvariantCulture)))
            .ToList();
        using var session = new InferenceSession(FileName);
        using var answers = session.Run([
            NamedOnnxValue.CreateFromTensor(
                "x",
                new DenseTensor<double>(rows.Select(row => row[0]).ToArray(), [rows.Count, 1])
            ),
        ]);
        Assert.Equal(20, rows.Count);
        Assert.All(
            rows.Zip(answers.Single().AsTensor<double>()),
            row => Assert.InRange(row.First[1] - row.Second, -1e-9, 1e-9)
        );

        // The same model is the same file, and the program score writes it too.
        var first = await File.ReadAllBytesAsync(FileName, TestContext.Current.CancellationToken);
        var json = await Workspace.RunAsync(
            "score",
            ["export", "meters", Model, "--onnx", FileName, "--store", Workspace.Store, "--output", "json"]
        );
        var fields = JsonNode.Parse(json.With(0).Output)!;
        Assert.Equal(
            (Model, FileName, first.Length),
            ((string)fields["model"]!, (string)fields["file"]!, (int)fields["bytes"]!)
        );
        Assert.Equal(
            """[{"name":"x","type":"double[rows, 1]","about":"null is NaN"}]""",
            fields["inputs"]!.ToJsonString()
        );
        Assert.Equal("""[{"name":"value","type":"double[rows, 1]","about":null}]""", fields["outputs"]!.ToJsonString());
        Assert.Equal(first, await File.ReadAllBytesAsync(FileName, TestContext.Current.CancellationToken));

        Assert.Equal(
            $"There is no model '{Model[..^1]}' of pipeline 'meters' in {Workspace.Store}. Did you mean '{Model}'? "
                + "Nothing was changed.",
            (await ExportAsync("meters", Model[..^1], FileName)).With(66).LastWords
        );
        var nowhere = Path.Combine(Workspace.Folder, "nowhere", "meters.onnx");
        Assert.Equal(
            $"--onnx: '{nowhere}' cannot be written: its folder is not there: make it, or name another place. Nothing "
                + "was changed.",
            (await ExportAsync("meters", Model, nowhere)).With(66).LastWords
        );
        Assert.Equal(
            $"--onnx: '{Workspace.Folder}' is a folder; name a file in it. Nothing was changed.",
            (await ExportAsync("meters", Model, Workspace.Folder)).With(64).LastWords
        );
    }

    [Fact]
    public async Task A_model_of_1_0_has_no_such_form()
    {
        await new ReleasedStore(Workspace, "orders").RestoreAsync();
        const string model = "train.20240408T040000Z.1";

        var ended = (await ExportAsync("orders", model, FileName)).With(78);

        Assert.Equal(
            $"Model '{model}' cannot be written as ONNX: what has learned it, or what it answers, has no form there "
                + "in this version, as no model of version 1.0 has. Train again, or name another model or trainer. "
                + "Nothing was changed.",
            ended.LastWords
        );
        Assert.False(File.Exists(FileName));
    }

    private Task<Ended> ExportAsync(string pipeline, string model, string file) =>
        Workspace.RunAsync("trainyard", ["export", pipeline, model, "--onnx", file, "--store", Workspace.Store]);
}

public sealed class ExportOnFolderAndDuckDb : ExportTests<FolderAndDuckDb>;
