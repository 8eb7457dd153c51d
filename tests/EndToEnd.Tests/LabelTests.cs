namespace Trainyard.Tests.EndToEnd;

/// <summary>Numbers that are none: an infinite label is refused, and NaN is null wherever nulls are counted.</summary>
public abstract class LabelTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Train = "train.20240408T000000Z.1";
    private const string Day = "ts = TIMESTAMPTZ '2024-03-20 00:00:00+00'";

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Theory]
    [InlineData("CAST('Infinity' AS double precision)", "Infinity")]
    [InlineData("CAST('-Infinity' AS real)", "-Infinity")]
    public async Task An_infinite_label_is_65_naming_the_row_and_the_column(string value, string shown)
    {
        Meters.Write(y: $"CASE WHEN id = 7 AND {Day} THEN {value} ELSE y END");

        var ended = (await Meters.RunAsync("both")).With(65);

        Assert.Equal(
            $"{Path.Combine(Meters.Folder, "rows.sql")}: the row with id = 7, ts = 2024-03-20 00:00:00+00 has {shown} "
                + "in 'y', which is the label and must be finite. Make it null in the query, or leave such rows out. "
                + "Nothing was changed.",
            ended.LastWords
        );
        Assert.DoesNotContain(
            await Workspace.ListAsync(),
            name => !name.EndsWith(".create-only", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Labels_that_are_NaN_on_the_newest_days_are_late()
    {
        Meters.Write(
            y: "CASE WHEN ts > TIMESTAMPTZ '2024-03-31 00:00:00+00' THEN CAST('NaN' AS double precision) ELSE y END"
        );

        Assert.EndsWith(
            ": labels are late: 23.3 % of 'y' are null in the holdout (140 of 600), null_at_most is 5 %. Wait for "
                + "them, or "
                + "correct known_after. Nothing was changed.",
            (await Meters.RunAsync("train")).With(65).LastWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task NaN_gives_the_same_counts_the_same_features_and_the_same_model_as_null()
    {
        string[] which = ["NULL", "CAST('NaN' AS double precision)"];
        var told = new List<string>();
        foreach (var (at, none) in which.Index())
        {
            Meters.Write(
                x: $"CASE WHEN id = 4 THEN {none} ELSE x END",
                y: $"CASE WHEN id = 3 AND {Day} THEN {none} ELSE y END"
            );
            (
                await Workspace.RunAsync(
                    "trainyard",
                    [
                        "run",
                        Meters.Folder,
                        "--kind",
                        "train",
                        "--as-of",
                        Meters.AsOf,
                        "--store",
                        Workspace.Store,
                        "--warehouse",
                        Workspace.Warehouse,
                    ],
                    ("TRAINYARD_COMPRESS", "gzip")
                )
            ).With(0);
            var run = $"train.20240408T000000Z.{at + 1}";
            var extract = await Workspace.ReadJsonAsync($"meters/runs/{run}/extract/manifest.json");
            var features = await Workspace.ReadJsonAsync($"meters/runs/{run}/features/manifest.json");
            var card = await Workspace.ReadJsonAsync($"meters/models/{run}/card.json");
            told.Add(
                string.Join(
                    '\n',
                    [
                        extract["details"]!["null_labels"]!.ToJsonString(),
                        extract["details"]!["null_labels_in_holdout"]!.ToJsonString(),
                        features["profile"]!.ToJsonString(),
                        card["split"]!.ToJsonString(),
                        card["profile"]!.ToJsonString(),
                        card["evaluation"]!["model"]!.ToJsonString(),
                    ]
                )
            );
        }

        Assert.StartsWith("1\n1\n", told[0], StringComparison.Ordinal);
        Assert.Equal(told[0], told[1]);
    }

    [Theory]
    [InlineData("numbers: [x]")]
    [InlineData("categories: [x]")]
    public async Task A_feature_that_becomes_NaN_has_become_null(string feature)
    {
        string Spec(string spec) => spec.Replace("numbers: [x]", feature, StringComparison.Ordinal);
        const string Tens = "CASE WHEN id = 4 THEN CAST('NaN' AS double precision) ELSE floor(x * 10) END";
        Meters.Write(x: Tens, spec: Spec);
        (await Meters.RunAsync("both")).With(0);

        var profile = (await Workspace.ReadJsonAsync($"meters/models/{Train}/card.json"))["profile"]!.AsArray();
        var x = Assert.Single(profile, column => (string)column!["name"]! == "x")!;
        Assert.Equal(20, x["count"]!.GetValue<long>() / x["nulls"]!.GetValue<long>());

        await Workspace.ExecuteAsync(
            "UPDATE readings SET x = CAST('NaN' AS double precision) WHERE ts = TIMESTAMPTZ '2024-04-09 00:00:00+00'"
        );
        Assert.Contains(
            "'x' is null in 100 % of the rows and was in 5 % in training, a rise of more than null_rise_at_most 20 %.",
            (await Meters.RunAsync("score", "2024-04-09")).With(65).LastWords,
            StringComparison.Ordinal
        );
    }
}

public sealed class LabelsOnFolderAndDuckDb : LabelTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class LabelsOnPostgresAndS3 : LabelTests<PostgresAndS3>;
