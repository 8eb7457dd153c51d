using System.Xml.Linq;
using Trainyard.Pipelines;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What <c>dotnet new trainyard-pipeline</c> writes.</summary>
[Trait("Suite", Suites.Slow)]
public abstract class TemplateTests<TWorkspace>(TeamFolder team) : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    /// <summary>A task, and names for key, cutoff and label: such as a person chooses, and such as need
    /// quotes.</summary>
    public static TheoryData<string, string, string, string> Tasks { get; } =
        new()
        {
            { "binary", "shop_id", "midnight", "sold_out" },
            { "multiclass", "shop_id", "midnight", "mood" },
            { "regression", "Customer ID", "select", "sold, in €" },
            { "clustering", "shop_id", "midnight", "mood" },
            { "anomaly", "shop_id", "midnight", "mood" },
        };

    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task A_new_pipeline_of_each_task_validates_and_makes_predictions_as_it_stands(
        string task,
        string key,
        string cutoff,
        string label
    )
    {
        Assert.Equal(ModelTask.All.Select(each => each.Name), Tasks.Select(row => row.Data.Item1));
        var pipeline = await team.OnceAsync(
            task,
            async () =>
            {
                var repository = await team.NewAsync(
                    task,
                    "--name",
                    "ShopDemand",
                    "--task",
                    task,
                    "--key",
                    key,
                    "--cutoff",
                    cutoff,
                    "--label",
                    label
                );
                var folder = Path.Combine(repository, "pipelines", "shop_demand");
                await team.DotnetAsync(
                    Path.Combine(folder, "features"),
                    "build",
                    "-c",
                    "Release",
                    "-v",
                    "quiet",
                    "--nologo"
                );
                return folder;
            }
        );
        await Workspace.ExecuteAsync("SELECT 1");

        var validated = (
            await Workspace.RunAsync("trainyard", ["validate", pipeline, "--warehouse", Workspace.Warehouse])
        ).With(0);
        var ended = (
            await Workspace.RunAsync(
                "trainyard",
                [
                    "run",
                    pipeline,
                    "--as-of",
                    "2026-05-20",
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.Warehouse,
                ]
            )
        ).With(0);

        Assert.Equal("shop_demand: no mistakes in the spec, its SQL and its columns.\n", validated.Output);
        Assert.Contains("and promoted it.", ended.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["100|100|2026-05-20 00:00:00+00"],
            await Workspace.QueryAsync(
                $"SELECT count(*), count(DISTINCT \"{key}\"), CAST(min(cutoff) AS varchar) FROM "
                    + "trainyard.shop_demand_predictions"
            )
        );
    }
}

[Collection(nameof(TeamFolder))]
public sealed class TemplateOnFolderAndDuckDb(TeamFolder team) : TemplateTests<FolderAndDuckDb>(team);

[Collection(nameof(TeamFolder))]
public sealed class TemplateOnPostgresAndS3(TeamFolder team) : TemplateTests<PostgresAndS3>(team);

/// <summary>The files of a new repository.</summary>
[Collection(nameof(TeamFolder))]
[Trait("Suite", Suites.Slow)]
public sealed class TemplateFilesTests(TeamFolder team)
{
    [Theory]
    [InlineData("ShopChurn", "shop_churn", "ShopChurn")]
    [InlineData("shop-churn", "shop_churn", "ShopChurn")]
    [InlineData("2026 Shop churn, new!", "shop_churn_new", "ShopChurnNew")]
    [InlineData("demand", "demand", "Demand")]
    [InlineData("123", "pipeline_123", "Pipeline123")]
    [InlineData("trainyard", "my_trainyard", "MyTrainyard")]
    [InlineData(
        "Demand of every shop in every region (weekly, by product)",
        "demand_of_every_shop_in_every_region_wee",
        "DemandOfEveryShopInEveryRegionWee"
    )]
    [InlineData(
        "Demand of every shop in every region by product",
        "demand_of_every_shop_in_every_region_by",
        "DemandOfEveryShopInEveryRegionBy"
    )]
    [InlineData("預測", "pipeline", "Pipeline")]
    public async Task A_name_becomes_that_of_the_pipeline_and_of_its_library(
        string name,
        string pipeline,
        string library
    )
    {
        var repository = await team.NewAsync($"named {name}", "--name", name);

        Assert.Contains(
            $"name: {pipeline}\n",
            await File.ReadAllTextAsync(
                Path.Combine(repository, "pipelines", pipeline, "pipeline.yaml"),
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );
        Assert.True(
            File.Exists(Path.Combine(repository, "pipelines", pipeline, "features", $"{library}.Features.csproj"))
        );
        Assert.True(File.Exists(Path.Combine(repository, "airflow", "dags", $"{pipeline}.py")));
    }

    [Theory]
    [InlineData("--key", "a\"b")]
    [InlineData("--key", "{{x}}")]
    [InlineData("--cutoff", "a\\b")]
    [InlineData("--cutoff", "day\nstart")]
    [InlineData("--label", "")]
    [InlineData("--label", "Plan")]
    [InlineData("--label", "customer_id")]
    public async Task A_column_that_the_query_cannot_have_is_refused_in_a_sentence(string option, string column)
    {
        var said = await team.RefusedAsync("refused", "--name", "churn", option, column);

        Assert.Contains(
            "Nothing was written: --key, --cutoff and --label name three different columns, without quotation marks, "
                + "backslashes, double braces or line breaks, ",
            said,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("make run", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--packages", "/srv/packages", true)]
    [InlineData("--packages", "/srv/R&D's \"packages\"", true)]
    [InlineData("--task", "binary", false)]
    public async Task The_folder_of_the_packages_is_named_where_it_was_given(string option, string value, bool isNamed)
    {
        var file = Path.Combine(
            await team.NewAsync($"with {value.Length}", "--name", "churn", option, value),
            "nuget.config"
        );

        Assert.Equal(isNamed, File.Exists(file));
        if (isNamed)
        {
            Assert.Equal(value, (string?)XDocument.Load(file).Descendants("add").Single().Attribute("value"));
        }
    }

    [Fact]
    public async Task The_test_of_its_feature_passes()
    {
        var repository = await team.NewAsync("tested", "--name", "churn");
        var output = await team.DotnetAsync(
            repository,
            "test",
            "--project",
            "tests/Churn.Features.Tests/Churn.Features.Tests.csproj",
            "-c",
            "Release"
        );
        Assert.Matches(@"succeeded: 4\b", output);
    }

    [Fact]
    public async Task A_second_pipeline_adds_its_own_files_and_touches_no_other()
    {
        var repository = await team.NewAsync("two", "--name", "churn");
        var before = Contents(repository);

        await team.NewAsync("two", "--name", "demand", "--task", "regression", "--add");

        var after = Contents(repository);
        Assert.Equal(before, after.Where(file => before.ContainsKey(file.Key)).ToDictionary());
        Assert.Equal(
            [
                "airflow/dags/demand.py",
                "pipelines/demand/README.md",
                "pipelines/demand/features/Demand.Features.csproj",
                "pipelines/demand/features/EmailKind.cs",
                "pipelines/demand/pipeline.yaml",
                "pipelines/demand/rows.sql",
                "tests/Demand.Features.Tests/Demand.Features.Tests.csproj",
                "tests/Demand.Features.Tests/EmailKindTests.cs",
            ],
            after.Keys.Except(before.Keys).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task No_file_is_left_with_a_word_of_the_template() =>
        DemandNoWord(
            await team.NewAsync("words", "--name", "churn", "--key", "client", "--cutoff", "monday", "--label", "left")
        );

    public static TheoryData<string> Examples { get; } =
    [.. Directory.EnumerateDirectories(Example("")).Select(folder => Path.GetFileName(folder)!)];

    /// <summary>The files that ExamplesTests run, and nothing of the pipeline that a task gives.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_is_written_under_the_name_that_was_given(string example)
    {
        Assert.Contains(example, ExamplesTests<FolderAndDuckDb>.Examples.Select(row => row.Data.Item1));

        var repository = await team.NewAsync($"example {example}", "--name", "ShopNews", "--example", example);

        Assert.Equal(
            Contents(Example(example))
                .ToDictionary(
                    file => file.Key,
                    file => file.Value.Replace("my_pipeline", "shop_news", StringComparison.Ordinal)
                ),
            Contents(Path.Combine(repository, "pipelines", "shop_news"))
        );
        Assert.True(File.Exists(Path.Combine(repository, "airflow", "dags", "shop_news.py")));
        Assert.False(Directory.Exists(Path.Combine(repository, "tests")));
        Assert.False(Directory.Exists(Path.Combine(repository, "examples")));
        DemandNoWord(repository);
    }

    [Theory]
    [InlineData("--task", "regression")]
    [InlineData("--key", "client")]
    [InlineData("--cutoff", "monday")]
    [InlineData("--label", "left")]
    public async Task An_example_takes_no_columns_of_others(string option, string value) =>
        Assert.Contains(
            "Nothing was written: an example brings its own task and columns, so leave --task, --key, --cutoff and "
                + "--label out beside --example",
            await team.RefusedAsync("refused example", "--name", "churn", "--example", "churn", option, value),
            StringComparison.Ordinal
        );

    private static string Example(string name) =>
        Path.Combine(Programs.Root, "templates", "trainyard-pipeline", "examples", name);

    private static void DemandNoWord(string repository)
    {
        foreach (var (file, text) in Contents(repository))
        {
            Assert.DoesNotMatch(
                "my_pipeline|MyPipeline|my-images|customer_id|day_start|outcome|LABEL-EXPRESSION|-VERSION|-FOLDER"
                    + "|#if|#endif",
                file + text
            );
        }
    }

    private static Dictionary<string, string> Contents(string repository) =>
        Directory
            .EnumerateFiles(repository, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(repository, file), File.ReadAllText);
}
