namespace Trainyard.Tests.EndToEnd;

/// <summary>Standard output and error that are closed, full or cut off: the work is done, and the exit code is what
/// the work deserves.</summary>
public sealed class StandardStreamsTests : ParcelsTests<FolderAndDuckDb>
{
    private string[] Extract =>
        [
            "--pipeline",
            Parcels.Folder,
            "--run-id",
            "t1",
            "--store",
            Workspace.Store,
            "--warehouse",
            Workspace.Warehouse,
            "--kind",
            "train",
            "--as-of",
            "2024-05-20",
        ];

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData(">&-")]
    [InlineData(">&- 2>&- <&-")]
    public async Task A_step_that_nobody_can_hear_does_its_work(string redirection)
    {
        (await Programs.ShellAsync($"\"$@\" {redirection}", "extract", Extract)).With(0);

        Assert.Contains("parcels/runs/t1/extract/manifest.json", await Workspace.ListAsync());
    }

    [Theory]
    [InlineData("extract", "2>/dev/full")]
    [InlineData("extract", "2>&-")]
    [InlineData("trainyard", "2>/dev/full")]
    [InlineData("sample", ">&- 2>&-")]
    public async Task A_command_line_that_is_wrong_is_64_also_where_nobody_hears_it(
        string program,
        string redirection
    ) => (await Programs.ShellAsync($"\"$@\" {redirection}", program, ["--no-such-option"])).With(64);

    [Theory]
    [InlineData("extract")]
    [InlineData("trainyard")]
    [InlineData("sample")]
    public async Task Help_that_cannot_be_written_is_69(string program)
    {
        var ended = (await Programs.ShellAsync("\"$@\" >/dev/full", program, ["--help"])).With(69);

        Assert.Equal(
            "The result could not be written to standard output: No space left on device: make room. The same command "
                + "says it again, and does nothing twice.",
            ended.LastWords
        );
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_is_69_says_what_stands_and_comes_the_next_time()
    {
        var ended = (await Programs.ShellAsync("\"$@\" >/dev/full", "extract", Extract)).With(69);

        Assert.Equal(
            "The result could not be written to standard output: No space left on device: make room. Run 't1' is "
                + "frozen: "
                + "the same command goes on with it. The step extract is done: "
                + $"{Workspace.Store}/parcels/runs/t1/extract/manifest.json stands. The same command says it again, "
                + "and "
                + "does nothing twice.",
            ended.LastWords
        );
        Assert.StartsWith(
            "Already done: Extracted 6,000 rows",
            (await Programs.RunAsync("extract", Extract)).With(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_whose_results_cannot_be_written_is_done()
    {
        await Parcels.TrainedAsync("2024-05-20");

        var ended = (
            await Programs.ShellAsync(
                "\"$@\" >/dev/full",
                "trainyard",
                [
                    "run",
                    Parcels.Folder,
                    "--kind",
                    "score",
                    "--as-of",
                    "2024-05-21",
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.Warehouse,
                ]
            )
        ).With(69);

        Assert.Contains("Run score.20240521T040000Z.1 is done, and stays.", ended.LastWords, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was", ended.LastWords, StringComparison.Ordinal);
        Assert.Equal(["60"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions"));
    }

    [Fact]
    public async Task A_rollback_that_cannot_be_printed_is_0_for_a_second_one_would_undo_another()
    {
        await Parcels.TrainedAsync("2024-05-20");

        var ended = (
            await Programs.ShellAsync(
                "\"$@\" >/dev/full",
                "trainyard",
                ["rollback", "parcels", "--why", "a test", "--store", Workspace.Store]
            )
        ).With(0);

        Assert.Equal(
            "The result could not be written to standard output: No space left on device: make room. Rollback 2: "
                + "promotion 1 is undone; as-ofs from 2024-05-20T04:00:00Z on have no champion now.",
            ended.LastWords
        );
    }

    [Fact]
    public async Task A_reader_that_has_gone_has_missed_nothing()
    {
        var ended = await Programs.ShellAsync(
            "{ \"$@\"; echo $? >&2; } | true",
            "trainyard",
            ["runs", "parcels", "--store", Workspace.Store]
        );

        Assert.Equal("0", ended.LastWords);
    }
}
