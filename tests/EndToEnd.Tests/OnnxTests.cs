using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A model that was made elsewhere, from its file to predictions.</summary>
public abstract class OnnxTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Made = "train.20240301T000000Z.1";
    private const string Taken = "train.20240408T000000Z.1";
    private const string Scored = "score.20240408T000000Z.1";
    private const string Options = "trainer: onnx, options: {file: model.onnx, learned_through: 2024-02-29}";

    private Meters Meters => new(Workspace);

    private string[] Places => ["--store", Workspace.Store, "--warehouse", Workspace.Warehouse];

    private string FileName => Path.Combine(Workspace.Folder, "pipelines", "meters", "model.onnx");

    [Fact]
    public async Task It_is_measured_promoted_packaged_and_answers_as_others_do_with_it()
    {
        await Meters.MakeAsync();
        (await Meters.RunAsync("train", "2024-03-01")).With(0);
        (await ExportAsync(Made, FileName)).With(0);
        var file = await File.ReadAllBytesAsync(FileName, TestContext.Current.CancellationToken);
        Meters.Write(spec: spec => With(spec, Options).Replace("[x]", "[x, load]", StringComparison.Ordinal));
        Assert.Equal(
            "The file 'model.onnx' (model.options.file) does not fit the features: it has no input for the feature "
                + "'load'. It takes double x [rows, 1]; the features are number x, number load. Name the features as "
                + "its inputs, or make it anew. Nothing was changed.",
            (await ValidateAsync()).With(78).LastWords
        );
        Meters.Write(spec: spec => With(spec, Options) + "predictions: {reasons: {top: 3}}\n");
        Assert.Equal(
            "meters: no mistakes in the spec, its SQL and its columns. The model fits them.\n",
            (await ValidateAsync("--warehouse", Workspace.Warehouse)).With(0).Output
        );

        var ended = (await Meters.RunAsync("both")).With(0);

        Assert.Matches($"Measured {Taken}, and promoted it\\. .*the champion {Made}", ended.Error + ended.Output);
        var rows = (
            await Workspace.QueryAsync(
                "SELECT r.x, p.value FROM readings r JOIN trainyard.meters_predictions p ON p.id = r.id "
                    + $"AND p.cutoff = r.ts AND p.model = '{Taken}' AND NOT p.hindsight"
            )
        )
            .Select(row => Array.ConvertAll(row.Split('|'), text => double.Parse(text, CultureInfo.InvariantCulture)))
            .ToList();
        Assert.Equal(20, rows.Count);
        using var session = new InferenceSession(file);
        using var answers = session.Run([
            NamedOnnxValue.CreateFromTensor(
                "x",
                new DenseTensor<double>(rows.Select(row => row[0]).ToArray(), [rows.Count, 1])
            ),
        ]);
        Assert.Equal(rows.Select(row => row[1]), answers.Single().AsTensor<double>());

        // Why it answers so is sampled: of one column all that lies between the answer and the mean.
        var means = (
            await Workspace.QueryAsync(
                "SELECT p.value - w.contribution FROM trainyard.meters_predictions p "
                    + "JOIN trainyard.meters_predictions_reasons w ON w.id = p.id AND w.cutoff = p.cutoff "
                    + $"AND w.run = p.run AND w.feature = 'x' AND w.rank = 1 WHERE p.model = '{Taken}'"
            )
        )
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(20, means.Count);
        Assert.All(means, mean => Assert.Equal(means[0], mean, 9));
        Assert.Contains(
            "contributions are in the unit of the label, of the score before calibration, and sampled:",
            (await Workspace.RunAsync("trainyard", ["show", "meters", Scored, "--key", "7", .. Places])).With(0).Output,
            StringComparison.Ordinal
        );

        // Its card says what it is; the file goes with the package, and comes out of it as it was.
        var card = await Workspace.ReadJsonAsync($"meters/models/{Taken}/card.json");
        Assert.Contains(
            card["facts"]!.AsArray(),
            fact => ((string?)fact!["value"])?.EndsWith(" MB, by trainyard", StringComparison.Ordinal) == true
        );
        var again = Path.Combine(Workspace.Folder, "again.onnx");
        Assert.Contains(
            "  x  double[rows, 1]\nIt gives:\n  value  double[rows, 1]\n",
            (await ExportAsync(Taken, again)).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(file, await File.ReadAllBytesAsync(again, TestContext.Current.CancellationToken));

        Assert.Contains(
            card["exhibits"]!.AsArray(),
            exhibit =>
                (string?)exhibit!["id"] == "reasons"
                && ((string?)exhibit["caption"])!.Contains(" Sampled: ", StringComparison.Ordinal)
        );

        // It can be held against others on the same rows.
        var tried = await Workspace.RunAsync(
            "trainyard",
            ["try", Meters.Folder, "--on", Taken, "--store", Workspace.Store]
        );
        Assert.Contains("onnx, 1 file", tried.With(0).Output, StringComparison.Ordinal);

        // What it may have learned is no holdout, and what is no model is none; of either nothing is packaged.
        Meters.Write(spec: spec => With(spec, Options.Replace("02-29", "04-01", StringComparison.Ordinal)));
        Assert.Matches(
            "^Of the 600 rows of the holdout 480 have a cutoff up to 2024-04-01T23:59:59Z, ",
            (await Meters.RunAsync("train")).With(78).LastWords
        );
        await File.WriteAllTextAsync(FileName, "no model", TestContext.Current.CancellationToken);
        Meters.Write(spec: spec => With(spec, Options));
        var broken = (await Meters.RunAsync("train")).With(78);
        Assert.Matches(
            "^The file 'model\\.onnx' \\(model\\.options\\.file\\) is no model that can be asked\\. ONNX Runtime "
                + "[0-9.]+ says: [A-Z]",
            broken.LastWords
        );
        Assert.Equal([Made, Taken], await ModelsAsync());
    }

    private Task<Ended> ValidateAsync(params string[] more) =>
        Workspace.RunAsync("trainyard", ["validate", Meters.Folder, .. more]);

    private async Task<IEnumerable<string>> ModelsAsync() =>
        (await Workspace.ListAsync())
            .Where(name => name.EndsWith("/card.json", StringComparison.Ordinal))
            .Select(name => name.Split('/')[^2])
            .Order(StringComparer.Ordinal);

    private static string With(string spec, string model) =>
        spec.Replace(Meters.Options, model, StringComparison.Ordinal);

    private Task<Ended> ExportAsync(string model, string file) =>
        Workspace.RunAsync("trainyard", ["export", "meters", model, "--onnx", file, "--store", Workspace.Store]);
}

public sealed class OnnxOnFolderAndDuckDb : OnnxTests<FolderAndDuckDb>;
