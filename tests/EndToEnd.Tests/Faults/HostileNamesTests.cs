namespace Trainyard.Tests.EndToEnd;

/// <summary>Names with quotes, dots, spaces, line breaks and letters of all the world: refused with a clear word, or
/// harmless.</summary>
public abstract class HostileNamesTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    public async Task Columns_of_any_name_go_through_the_whole_chain()
    {
        Parcels.Edit(
            "rows.sql",
            "parcel_id, day_start, late, weight, stops, depot",
            """"
            parcel_id AS "parcel ""id""", day_start AS "day; DROP TABLE parcels", late AS "l'ate",
            weight AS "weight, in kg",
            stops AS "a\b{c}</script>", depot AS "dépôt 名
            2"
            """"
        );
        Parcels.Edit(
            "pipeline.yaml",
            "key: [parcel_id], cutoff: day_start",
            """key: ['parcel "id"'], cutoff: "day; DROP TABLE parcels" """
        );
        Parcels.Edit("pipeline.yaml", "column: late", "column: \"l'ate\"");
        Parcels.Edit("pipeline.yaml", "numbers: [weight, stops]", """numbers: ["weight, in kg", 'a\b{c}</script>']""");
        Parcels.Edit("pipeline.yaml", "categories: [depot]", """categories: ["dépôt 名\n2"]""");
        Parcels.Edit("pipeline.yaml", "load: {expression: \"weight * stops\"}", "");

        (await Parcels.RunAsync("both", "2024-05-20")).With(0);

        Assert.Equal(
            ["60"],
            await Workspace.QueryAsync(
                "SELECT count(DISTINCT \"parcel \"\"id\"\"\") FROM trainyard.parcels_predictions_newest"
            )
        );
    }

    [Fact]
    public async Task A_feature_becomes_a_column_and_has_a_plain_name()
    {
        Parcels.Edit("pipeline.yaml", "load:", "\"<b>\\n'\":");

        var ended = (await Parcels.RunAsync("train", "2024-05-20")).With(78);

        Assert.EndsWith(
            @"pipeline.yaml:12:5: '<b>\n'' becomes a column, so it is made of letters, digits and underscores, "
                + "such as plane_age; rename it.",
            ended.LastWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task Keys_of_any_text_arrive_as_they_are()
    {
        Parcels.Edit(
            "rows.sql",
            "SELECT parcel_id",
            """SELECT concat('it''s "', parcel_id, E'",\n\t名 ') AS parcel_id """
        );

        (await Parcels.RunAsync("both", "2024-05-20")).With(0);

        Assert.Equal(
            ["60"],
            await Workspace.QueryAsync(
                """
                SELECT count(DISTINCT parcel_id) FROM trainyard.parcels_predictions
                WHERE parcel_id LIKE E'it''s "%",\n\t名 '
                """
            )
        );
    }

    [Fact]
    public async Task A_table_of_any_name_is_that_table_and_no_other()
    {
        Parcels.Edit(
            "pipeline.yaml",
            "metric: auc",
            "metric: auc\npredictions: {table: 'p\"; DROP TABLE parcels; --'}"
        );

        var ended = await Parcels.RunAsync("both", "2024-05-20");

        Assert.True(ended.ExitCode is 0 or 78, ended.Error);
        Assert.Equal(["9600"], await Workspace.QueryAsync("SELECT count(*) FROM parcels"));
    }
}

public sealed class HostileNamesOnFolderAndDuckDb : HostileNamesTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class HostileNamesOnPostgresAndS3 : HostileNamesTests<PostgresAndS3>;

/// <summary>What is refused for its name alone, whichever warehouse and store are used: one pair is enough.</summary>
public sealed class RefusedNamesTests : ParcelsTests<FolderAndDuckDb>
{
    private static readonly string Long = new('a', 300);

    public static TheoryData<string, string> Names =>
        new()
        {
            { "../escape", "../escape" },
            { "a/b", "a/b" },
            { "a b", "a b" },
            { "a\nb", @"a\nb" },
            { "a\u2028b", @"a\u2028b" },
            { "\u001b[31mred", @"\u001b[31mred" },
            { "it's", "it's" },
            { "\"quoted\"", "\"quoted\"" },
            { "zürich", "zürich" },
            { "名前", "名前" },
            { Long, Long },
            { "-", "-" },
            { "..", ".." },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_run_id_that_is_none_is_refused_in_one_line(string name, string shown)
    {
        var ended = (
            await Parcels.StepAsync(
                "extract",
                name,
                "--kind",
                "train",
                "--as-of",
                "2024-05-20",
                "--warehouse",
                Workspace.Warehouse
            )
        ).With(64);

        Assert.Equal(
            $"'{shown}' is not a run id: letters, digits, '.', '_' and '-', at most 120, a letter or digit first.\n",
            ended.Error
        );
        Assert.Empty(await Workspace.ListAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_pipeline_of_such_a_name_is_refused_in_one_line(string name, string shown)
    {
        var ended = await Workspace.RunAsync(
            "features",
            ["--pipeline", name, "--run-id", "r1", "--store", Workspace.Store]
        );

        // A path names the folder at its end: that pipeline, wherever it lies, has no such run.
        Assert.Matches(
            shown.Contains('/', StringComparison.Ordinal)
                ? "^There is no run 'r1' of pipeline '[a-z]+' in .*\\.$"
                : "^'.*' is not a pipeline's name: .*\\.$",
            ended.With(name.Contains('/', StringComparison.Ordinal) ? 66 : 64).Words
        );
        Assert.Empty(await Workspace.ListAsync());
    }

    [Theory]
    [InlineData("../rows.sql")]
    [InlineData("/etc/hostname")]
    [InlineData("a/../../rows.sql")]
    public async Task A_file_outside_the_pipelines_folder_is_refused(string file)
    {
        Workspace.WriteFile("pipelines/rows.sql", Parcels.Sql);
        Parcels.Edit("pipeline.yaml", "sql: rows.sql", $"sql: {file}");

        var ended = (await Parcels.RunAsync("train", "2024-05-20")).With(78);

        Assert.Contains($"'{file}'", ended.LastWords, StringComparison.Ordinal);
        Assert.Empty(await Workspace.ListAsync());
    }
}
