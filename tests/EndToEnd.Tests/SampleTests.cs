namespace Trainyard.Tests.EndToEnd;

/// <summary>The tables that <c>sample</c> makes up.</summary>
public sealed class SampleTests : WorkspaceTests<FolderAndDuckDb>
{
    private const string Known = "SELECT value FROM churn_info";

    [Fact]
    public async Task The_same_settings_make_the_same_rows_and_others_make_others()
    {
        var first = await FillAsync();
        var again = await FillAsync();
        var other = await FillAsync(seed: 2);
        var more = await FillAsync(60);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(("30", "60"), (first[0].Split('|')[0], more[0].Split('|')[0]));
        Assert.Equal(
            ["generated: 90 days from 2026-01-01, 60 subscribers, seed 1 (edition 1)"],
            await Workspace.QueryAsync(Known)
        );
    }

    [Fact]
    public async Task Tables_that_hold_just_this_are_kept_where_that_is_asked_for()
    {
        await FillAsync();
        await Workspace.ExecuteAsync("DELETE FROM complaints");

        var kept = await RunAsync(30, 1, "--keep");
        var left = await Workspace.QueryAsync("SELECT count(*) FROM complaints");
        var replaced = await RunAsync(31, 1, "--keep");

        Assert.Equal(
            "churn: generated: 90 days from 2026-01-01, 30 subscribers, seed 1 (edition 1); kept as they were\n",
            kept.With(0).Output
        );
        Assert.Equal(["0"], left);
        Assert.StartsWith("subscribers          31 rows\nvisits ", replaced.With(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_that_is_none_is_refused_and_nothing_is_changed()
    {
        await FillAsync();

        var ended = (await RunAsync(0, 1)).With(64);

        Assert.Contains("--subscribers", ended.Error, StringComparison.Ordinal);
        Assert.Contains("a whole number from 1 to 10000000 is expected", ended.Error, StringComparison.Ordinal);
        Assert.Contains("30 subscribers", (await Workspace.QueryAsync(Known))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-01")]
    public async Task Days_that_no_calendar_has_beside_them_are_refused(string start)
    {
        var ended = await Workspace.RunAsync(
            "sample",
            ["churn", "--warehouse", Workspace.Warehouse, $"--start={start}"]
        );

        Assert.Contains("is expected, in the years 1900 to 2200", ended.With(64).Error, StringComparison.Ordinal);
    }

    /// <summary>Replaces the tables.</summary>
    /// <returns>What tells whether they are the same: counts, and sums over all rows.</returns>
    private async Task<IReadOnlyList<string>> FillAsync(int subscribers = 30, int seed = 1)
    {
        (await RunAsync(subscribers, seed)).With(0);
        return await Workspace.QueryAsync(
            "SELECT (SELECT count(*) FROM subscribers), count(*), sum(minutes), max(received_at), "
                + "(SELECT max(opened_at) FROM complaints) FROM visits"
        );
    }

    private Task<Ended> RunAsync(int subscribers, int seed, params string[] more) =>
        Workspace.RunAsync(
            "sample",
            [
                "churn",
                "--warehouse",
                Workspace.Warehouse,
                $"--subscribers={subscribers}",
                $"--seed={seed}",
                "--days=90",
                "--start=2026-01-01",
                .. more,
            ]
        );
}
