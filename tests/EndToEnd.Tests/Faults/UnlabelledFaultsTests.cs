namespace Trainyard.Tests.EndToEnd;

/// <summary>Tasks without a label, whose steps are killed, started twice at once, given a changed file, and divided:
/// what comes of them is what an undisturbed run gives.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class UnlabelledFaultsTests : WorkspaceTests<FolderAndDuckDb>
{
    private const string Day = "2024-03-10";

    private Shoppers Shoppers => new(Workspace);

    protected override Task PrepareAsync() => Shoppers.MakeAsync();

    [Theory]
    [InlineData("{task: clustering, options: {clusters: 2 to 4, starts: 3}}", "silhouette", "cluster, distance")]
    [InlineData("{task: anomaly, flag: 2%}", "flagged", "score, anomalous")]
    public async Task What_is_disturbed_comes_to_what_is_not(string model, string metric, string answers)
    {
        Shoppers.WriteAs(model, metric);
        foreach (var (run, asOf) in new[] { ("first", "2024-03-01"), ("second", "2024-03-08") })
        {
            (await Shoppers.ExtractAsync(run, "train", asOf)).With(0);
            (await Shoppers.StepAsync("features", run)).With(0);
            await KillAsync("train", run, seconds: 1.2);
            await TwiceAsync("train", run);
            (await Shoppers.StepAsync("report", run)).With(0);
        }

        var names = await Workspace.ListAsync();
        Assert.Equal(2, names.Count(name => name.EndsWith("/card.json", StringComparison.Ordinal)));
        Assert.Equal(
            ["shoppers/promotions/000001.json", "shoppers/promotions/000002.json"],
            names.Where(name => name.StartsWith("shoppers/promotions/", StringComparison.Ordinal))
        );

        foreach (var run in new[] { "alone", "killed", "shared", "changed" })
        {
            (
                await Shoppers.StepAsync(
                    "extract",
                    run,
                    [.. Extract, "--warehouse", Workspace.Warehouse, "--part-bytes", "1024"]
                )
            ).With(0);
            (await Shoppers.StepAsync("features", run)).With(0);
        }

        (await Shoppers.StepAsync("score", "alone", Warehouse)).With(0);
        await KillAsync("score", "killed", seconds: 0.7, Warehouse);
        await TwiceAsync("score", "killed", Warehouse);
        foreach (var shard in new[] { "2/2", "1/2" })
        {
            (await Shoppers.StepAsync("score", "shared", "--shard", shard)).With(0);
        }

        (await Shoppers.StepAsync("score", "shared", [.. Warehouse, "--publish", "2"])).With(0);
        // Attempts that were killed, or came second, may have left others.
        var card = await Workspace.ReadTextAsync("shoppers/models/second/card.json");
        var changed = Directory
            .EnumerateFiles(Path.Combine(Workspace.Folder, "store", "shoppers", "models", "second"), "served_model-*")
            .Single(file => card.Contains(Path.GetFileName(file), StringComparison.Ordinal));
        var how = Mutation.Apply(changed, new Random(1));
        var ended = await Shoppers.StepAsync("score", "changed", Warehouse);

        var expected = await PredictionsAsync("alone", answers);
        Assert.Equal(30, expected.Count);
        Assert.Equal(expected, await PredictionsAsync("killed", answers));
        Assert.Equal(expected, await PredictionsAsync("shared", answers));
        Assert.True(ended.ExitCode is 65 or 78, $"{how}: {ended.ExitCode} {ended.Words}");
        Assert.Empty(await PredictionsAsync("changed", answers));
    }

    private static string[] Extract => ["--kind", "score", "--as-of", Day];

    private string[] Warehouse => ["--warehouse", Workspace.Warehouse];

    private Task<IReadOnlyList<string>> PredictionsAsync(string run, string answers) =>
        Workspace.QueryAsync(
            $"SELECT id, cutoff, model, {answers} FROM trainyard.shoppers_predictions WHERE run = '{run}' ORDER BY id"
        );

    private async Task TwiceAsync(string step, string run, params string[] more) =>
        Assert.All(
            await Task.WhenAll(Shoppers.StepAsync(step, run, more), Shoppers.StepAsync(step, run, more)),
            ended => ended.With(0)
        );

    private async Task KillAsync(string step, string run, double seconds, params string[] more)
    {
        using var running = RunningProgram.Start(
            step,
            ["--pipeline", "shoppers", "--run-id", run, "--store", Workspace.Store, .. more],
            Workspace.VariablesWith()
        );
        await Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
        running.Kill();
        await running.EndAsync();
    }
}
