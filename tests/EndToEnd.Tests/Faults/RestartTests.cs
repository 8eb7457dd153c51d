namespace Trainyard.Tests.EndToEnd;

/// <summary>PostgreSQL restarted and S3 stopped, for real, while a step is at work.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class RestartTests : IAsyncLifetime
{
    private static readonly string[] Train = ["--kind", "train", "--as-of", "2024-05-20"];

    private readonly OwnServers _workspace = new();
    private readonly Parcels _parcels;

    public RestartTests() => _parcels = new Parcels(_workspace);

    public async ValueTask InitializeAsync()
    {
        await _workspace.OpenAsync();
        await _parcels.MakeAsync();
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task A_step_ends_with_69_or_waits_and_the_same_command_takes_up_the_run()
    {
        var steps = new ScoreDay(_workspace, _parcels);
        _parcels.Edit("rows.sql", "weight, stops", "weight + 0 * length(pg_sleep(0.002)::text) AS weight, stops");

        using (var extract = steps.Start("extract", "t1", Train))
        {
            await _workspace.UntilReadingAsync();
            await _workspace.Postgres.RestartAsync();
            var ended = (await extract.EndAsync()).With(69);
            Assert.EndsWith("Nothing was changed; try again.", ended.LastWords, StringComparison.Ordinal);
            Assert.Empty(await _workspace.ListAsync());
        }

        _parcels.Edit("rows.sql", "weight + 0 * length(pg_sleep(0.002)::text) AS weight, stops", "weight, stops");
        (await steps.RunAsync("extract", "t1", Train)).With(0);

        await _workspace.StoreServer.StopAsync();
        Assert.StartsWith(
            $"The store {_workspace.Store}",
            (await steps.RunAsync("features", "t1")).With(69).LastWords,
            StringComparison.Ordinal
        );
        using var features = steps.Start("features", "t1");
        await _workspace.StoreServer.StartAsync();
        (await features.EndAsync()).With(0);
        (await steps.RunAsync("train", "t1")).With(0);
    }
}
