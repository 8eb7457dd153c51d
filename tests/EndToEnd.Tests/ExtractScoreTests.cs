using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The step extract in score runs: whose definition it takes, and for which day.</summary>
public abstract class ExtractScoreTests<TWorkspace> : ShopsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Sql = "SELECT shop, day, busy, visitors FROM sales WHERE day > {{ from }} AND day <= {{ to }}";
    private static readonly DateTimeOffset March1 = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    protected override async Task PrepareAsync()
    {
        Workspace.WriteFile(
            "shops/pipeline.yaml",
            """
            version: 1
            name: shops
            rows: {sql: rows.sql, key: [shop], cutoff: day, history: 60 days}
            label: {column: busy, known_after: 1 day}
            features: {numbers: [visitors]}
            model: {task: binary, split: {validation: 7 days, holdout: 7 days}}
            metric: auc

            """
        );
        Workspace.WriteFile("shops/rows.sql", Sql);
        await Workspace.LoadAsync(
            "sales",
            "shop bigint, day timestamptz, busy boolean, visitors numeric(10,1)",
            Enumerable
                .Range(0, 73)
                .SelectMany(day =>
                    Enumerable
                        .Range(0, 10)
                        .Select(shop =>
                            $"{shop},{new DateOnly(2026, 1, 1).AddDays(day):yyyy-MM-dd} 00:00:00+00,,{shop * 0.5m}"
                        )
                )
        );
    }

    [Fact]
    public async Task The_champion_s_own_query_reads_the_as_of_s_rows_without_the_label()
    {
        await PromoteAsync("train.1", March1);
        Workspace.WriteFile("shops/rows.sql", Sql.Replace("visitors", "visitors * 2 AS visitors"));

        var manifest = JsonNode.Parse(
            (await ScoreAsync("s1", "2026-03-02T11:30:00Z", "--output", "json")).With(0).Output
        )!;

        Assert.Equal(
            "Extracted 10 rows of 3 columns with 2026-03-01 00:00:00+00 < cutoff <= 2026-03-02 00:00:00+00, "
                + "for model train.1: 1 part, 0.0 MB.",
            (string)manifest["sentence"]!
        );
        Assert.Equal(
            ["shop,day,visitors", "0,2026-03-02 00:00:00+00,0.0", "1,2026-03-02 00:00:00+00,0.5"],
            (await Workspace.ReadTextAsync(PartOf("s1", manifest))).Split('\n').Take(3)
        );
        Assert.Equal(Sql, await Workspace.ReadTextAsync("shops/runs/s1/definition/rows.sql"));
        var run = await Workspace.ReadJsonAsync("shops/runs/s1/run.json");
        Assert.Equal(
            ("train.1", false, "hash of train.1"),
            ((string)run["model"]!["version"]!, (bool)run["model"]!["override"]!, (string)run["definition_hash"]!)
        );
    }

    [Fact]
    public async Task A_run_keeps_its_model_when_there_is_a_newer_champion()
    {
        await PromoteAsync("train.1", March1);
        (await ScoreAsync("s1", "2026-03-05")).With(0);
        await PromoteAsync("train.2", March1.AddDays(2));
        var state = await Workspace.StateAsync();

        Assert.StartsWith(
            "Already done: Extracted 10 rows",
            (await ScoreAsync("s1", "2026-03-05")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Run 's1' is frozen with the model 'train.1', not 'train.2'. Start a new run. Nothing was changed.",
            (await ScoreAsync("s1", "2026-03-05", "--model", "train.2")).With(65).LastWords
        );
        Assert.Equal(state, await Workspace.StateAsync());

        await Workspace.DeleteAsync("shops/runs/s1/extract/manifest.json");
        Assert.Contains(
            "for model train.1",
            (await ScoreAsync("s1", "2026-03-05")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "for model train.1",
            (await ScoreAsync("s2", "2026-03-02")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "for model train.2",
            (await ScoreAsync("s3", "2026-03-05")).With(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_model_may_be_named_and_is_marked()
    {
        await PromoteAsync("train.1", March1);
        await PackageAsync("train.0", March1.AddDays(-7));

        Assert.Equal(
            "Pipeline 'shops' had no champion yet as of 2026-02-20T00:00:00Z: the first as-of that has one is "
                + "2026-03-01T00:00:00Z. Name a model with --model to score with it all the same. Nothing was "
                + "changed.",
            (await ScoreAsync("s1", "2026-02-20")).With(66).LastWords
        );
        (await ScoreAsync("s1", "2026-02-20", "--model", "train.0")).With(0);
        Assert.Contains(
            "for model train.1",
            (await ScoreAsync("s2", "2026-02-20", "--model", "latest")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.True((bool)(await Workspace.ReadJsonAsync("shops/runs/s1/run.json"))["model"]!["override"]!);
    }

    [Fact]
    public async Task A_day_without_rows_is_99_and_an_empty_dataset()
    {
        await PromoteAsync("train.1", March1);
        var manifest = JsonNode.Parse((await ScoreAsync("s1", "2026-04-01", "--output", "json")).With(99).Output)!;
        Assert.Equal(
            $"There is nothing to score: {Workspace.WarehouseAsReader} has no rows with 2026-03-31 00:00:00+00 "
                + "< cutoff <= 2026-04-01 00:00:00+00.",
            (string)manifest["sentence"]!
        );
        Assert.Equal(
            (3, 0),
            (manifest["dataset"]!["columns"]!.AsArray().Count, manifest["dataset"]!["parts"]!.AsArray().Count)
        );
        (await ScoreAsync("s1", "2026-04-01")).With(99);
    }

    [Fact]
    public async Task A_package_with_a_changed_byte_is_65()
    {
        await PromoteAsync("train.1", March1);
        await Workspace.WriteTextAsync("shops/models/train.1/definition/rows.sql", Sql + " ");
        var state = await Workspace.StateAsync();
        Assert.Equal(
            $"{Workspace.Store}/shops/models/train.1/definition/rows.sql is not what was written: it has more "
                + $"than the {Sql.Length} bytes written. Nothing was changed; remove the run's folder and start a "
                + "new run.",
            (await ScoreAsync("s1", "2026-03-02")).With(65).LastWords
        );
        Assert.Equal(state, await Workspace.StateAsync());
    }

    [Fact]
    public async Task A_column_that_the_model_learned_and_the_warehouse_lost_is_65()
    {
        await PackageAsync("train.1", March1, "SELECT * FROM sales WHERE day > {{ from }} AND day <= {{ to }}");
        await PromoteAsync("train.1", March1);
        await Workspace.ExecuteAsync("ALTER TABLE sales RENAME COLUMN visitors TO visitor");
        Assert.Equal(
            "rows.sql of model 'train.1' returns no column 'visitors'. Did you mean 'visitor'? Nothing was changed.",
            (await ScoreAsync("s1", "2026-03-02")).With(65).LastWords
        );
    }

    private static string PartOf(string run, JsonNode manifest) =>
        $"shops/runs/{run}/extract/{manifest["dataset"]!["parts"]![0]!["file"]}";

    private Task<Ended> ScoreAsync(string run, string asOf, params string[] more) =>
        ExtractAsync("score", run, asOf, more);

    private async Task PromoteAsync(string version, DateTimeOffset asOf)
    {
        await PackageAsync(version, asOf);
        await new PromotionLog(Workspace.OpenStore(), "shops").AppendAsync(
            _ =>
                Task.FromResult(
                    new Promotion
                    {
                        Number = 0,
                        Kind = PromotionKind.Promote,
                        Model = version,
                        EffectiveAsOf = asOf,
                        At = asOf,
                        Who = "test",
                        Why = "test",
                    }
                ),
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>A package as extract sees it: the card, and the definition with its files.</summary>
    private async Task PackageAsync(string version, DateTimeOffset asOf, string sql = Sql)
    {
        var (store, bytes) = (Workspace.OpenStore(), Encoding.UTF8.GetBytes(sql));
        var package = new Package(store, "shops", version);
        await store.TryCreateAsync($"{package.Root}/definition/rows.sql", bytes, TestContext.Current.CancellationToken);
        var estimate = new Estimate(0.5, null, null);
        var measured = new Measured { Metric = estimate, Metrics = new Dictionary<string, double>() };
        await package.WriteCardAsync(
            new Card
            {
                Pipeline = "shops",
                Version = version,
                AsOf = asOf,
                TrainedAt = asOf,
                Definition = PipelineFolder.Load($"{Workspace.Folder}/shops").Spec.ToDefinition(),
                DefinitionHash = $"hash of {version}",
                ComparableHash = "",
                Producer = new Producer { Version = "", Fingerprint = "" },
                Files = [new StoredFile("definition/rows.sql", bytes.Length, Hashes.Of(bytes))],
                Inputs = [],
                Profile = [],
                Features = [],
                Split = new SplitCard
                {
                    FitRows = 0,
                    ValidationRows = 0,
                    HoldoutRows = 0,
                    GapRows = 0,
                    NullLabels = 0,
                    NullLabelsInHoldout = 0,
                },
                Trees = 0,
                Evaluation = new Evaluation
                {
                    Metric = Metric.Auc,
                    LabelMean = 0,
                    Model = measured,
                    Baseline = measured,
                    BaselineValue = 0,
                    GainOverBaseline = estimate,
                    Intervals = "",
                    Importances = [],
                },
                Scores = new Histogram(0, 1, []),
            },
            TestContext.Current.CancellationToken
        );
    }
}

public sealed class ExtractScoreOnFolderAndDuckDb : ExtractScoreTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class ExtractScoreOnPostgresAndS3 : ExtractScoreTests<PostgresAndS3>;
