namespace Trainyard.Tests.EndToEnd;

/// <summary>Texts that are learned from word by word, from rows to report.</summary>
public abstract class TextTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Model = "train.20240408T000000Z.1";

    /// <summary>What one person wrote, once.</summary>
    private const string Secret = "zarquonia";

    /// <summary>Of a day of fit, one text is a megabyte long, and one has what nobody else writes; others are null, or
    /// empty.</summary>
    private const string Body = """
        CASE WHEN id = 18 THEN NULL WHEN id = 19 THEN ''
            WHEN id = 3 AND ts = TIMESTAMPTZ '2024-02-01 00:00:00+00' THEN repeat('printer, ', 120000)
            WHEN id = 4 AND ts = TIMESTAMPTZ '2024-02-01 00:00:00+00' THEN 'my password is zar' || 'quonia'
            ELSE (CASE WHEN y > 75 THEN 'The "PRINTER" is on fire 🔥'
                WHEN y > 40 THEN 'Passwort, 密码, пароль: lost'
                ELSE 'Where does my salary stay' END) || chr(10) || chr(10) || '— sent from desk ' || id END
        """;

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Theory]
    [InlineData("linear")]
    [InlineData($"lightgbm, {Meters.Options}")]
    public async Task A_text_tells_the_class_and_what_it_says_stays_in_the_rows(string trainer)
    {
        Meters.Write(
            x: Body,
            y: "CASE WHEN y > 75 THEN 'devices' WHEN y > 40 THEN 'accounts' ELSE 'pay' END",
            spec: spec => Text(spec, trainer) + "predictions: {reasons: {top: 1}}\n"
        );

        var ended = (await Meters.RunAsync("both")).With(0);

        // A tenth of the rows say nothing.
        Assert.Matches(@"Trained .*, and promoted it\. Accuracy is 0\.9", ended.Output);
        Assert.Equal(
            ["18,x,t"],
            await Workspace.QueryAsync(
                """
                SELECT count(*) || ',' || min(reasons.feature) || ','
                    || CASE WHEN max(length(reasons.value)) <= 101 THEN 't' ELSE 'f' END
                FROM trainyard.meters_predictions_reasons_current AS reasons
                JOIN trainyard.meters_predictions_current AS predictions
                    ON predictions.id = reasons.id AND predictions.cutoff = reasons.cutoff
                JOIN readings ON readings.id = reasons.id AND readings.ts = reasons.cutoff
                WHERE reasons.id < 18 AND predictions.predicted
                    = CASE WHEN y > 75 THEN 'devices' WHEN y > 40 THEN 'accounts' ELSE 'pay' END
                """
            )
        );

        var card = await Workspace.ReadJsonAsync($"meters/models/{Model}/card.json");
        Assert.Equal("text", (string)card["features"]![0]!["kind"]!);
        var profile = card["profile"]!.AsArray().Single(column => (string?)column!["name"] == "x")!;
        Assert.Empty(profile["top"]!.AsArray());
        Assert.InRange((double)profile["quantiles"]![7]!, 40, 60);
        var words = card["exhibits"]!.AsArray().Single(each => (string?)each!["id"] == "coefficients")!;
        Assert.Contains(words["rows"]!.AsArray(), row => (string?)row!["note"] == "the word 'salary'");
        Assert.Equal(trainer == "linear" ? "Coefficients" : "Coefficients of texts", (string?)words["title"]);
        var features = await Workspace.ReadJsonAsync($"meters/runs/{Model}/features/manifest.json");
        var lengths = features["profile"]!.AsArray().Single(column => (string?)column!["name"] == "x")!["quantiles"]!;
        Assert.Equal(1_080_000, (double)lengths[14]!);

        // Datasets alone hold what people wrote.
        foreach (var (name, content) in await Workspace.ContentsAsync())
        {
            var text = System.Text.Encoding.UTF8.GetString(content);
            if (!name.Contains("/extract/part-", StringComparison.Ordinal))
            {
                Assert.True(
                    name.Contains("/features/part-", StringComparison.Ordinal)
                        || !text.Contains(Secret, StringComparison.OrdinalIgnoreCase),
                    $"{name} tells what one person wrote"
                );
            }
        }

        Assert.DoesNotContain(Secret, ended.Error + ended.Output, StringComparison.OrdinalIgnoreCase);
        var exported = await Meters.AskAsync("export", Model, "--onnx", Path.Combine(Workspace.Folder, "m.onnx"));
        Assert.Contains(
            $"Model '{Model}' cannot be written as ONNX: it reads the texts 'x' word by word, which has no form there.",
            exported.With(78).LastWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_no_text_and_who_reads_none_is_78_before_anything_is_read()
    {
        Meters.Write(spec: spec =>
            Text(spec)
                .Replace("task: multiclass, trainer: linear", "task: anomaly, flag: 1%", StringComparison.Ordinal)
                .Replace("metric: accuracy", "metric: auc", StringComparison.Ordinal)
        );
        Assert.Contains(
            "the trainer isolation_forest reads no texts; no trainer of the task anomaly does, so remove it.",
            (await Meters.RunAsync("train")).With(78).LastWords,
            StringComparison.Ordinal
        );

        Meters.Write(y: "CASE WHEN y > 75 THEN 'devices' ELSE 'pay' END", spec: spec => Text(spec));
        Assert.Contains(
            "'x' is double precision, not a text; make it a number or a category, or cast it.",
            (await Meters.RunAsync("train")).With(78).LastWords,
            StringComparison.Ordinal
        );
    }

    private static string Text(string spec, string trainer = "linear") =>
        spec.Replace("{numbers: [x]}", "{text: [x]}", StringComparison.Ordinal)
            .Replace(
                $"task: regression, {Meters.Options}",
                $"task: multiclass, trainer: {trainer}",
                StringComparison.Ordinal
            )
            .Replace("metric: rmse", "metric: accuracy", StringComparison.Ordinal);
}

public sealed class TextOnFolderAndDuckDb : TextTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class TextOnPostgresAndS3 : TextTests<PostgresAndS3>;
