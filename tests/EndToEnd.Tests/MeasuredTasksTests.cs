namespace Trainyard.Tests.EndToEnd;

/// <summary>What each task's predictions are held to once their labels are there.</summary>
public abstract class MeasuredTasksTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Level = "CASE WHEN y > 75 THEN 'high' WHEN y > 40 THEN 'middle' ELSE 'low' END";

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task Values_to_the_baseline_to_their_sum_and_to_their_intervals()
    {
        Meters.Write(spec: spec =>
            spec.Replace("task: regression,", "task: regression, interval: 80%,", StringComparison.Ordinal)
        );

        Assert.Matches("^Measured 20 predictions, 20 of them replayed: RMSE is ", await MeasureAsync());

        Assert.Equal(
            ["held|t|f", "observed_to_expected|t|f", "rmse|t|t"],
            await Workspace.QueryAsync(
                "SELECT DISTINCT metric, promised IS NOT NULL, coalesce(gain > 0 AND baseline > 0, false) FROM "
                    + "trainyard.live_metrics WHERE model = '' ORDER BY metric"
            )
        );
    }

    [Theory]
    [InlineData("all", "log_loss", "Log loss is ", "No intervals%")]
    [InlineData("2", "accuracy", "accuracy is ", "Not log loss, for what was published has no probability of each%")]
    public async Task Classes_to_what_was_published_of_them(string published, string metric, string said, string how)
    {
        Meters.Write(
            y: Level,
            spec: spec =>
                spec.Replace("task: regression", "task: multiclass", StringComparison.Ordinal)
                    .Replace("metric: rmse", "metric: log_loss", StringComparison.Ordinal)
                + $"predictions: {{classes: {published}}}\n"
        );

        Assert.Contains($"replayed: {said}0.", await MeasureAsync(), StringComparison.OrdinalIgnoreCase);

        Assert.Equal(
            [$"{metric}|t|t", "observed_to_expected|t|f"],
            await Workspace.QueryAsync(
                $"SELECT DISTINCT metric, promised IS NOT NULL, metric = '{metric}' AND intervals LIKE '{how}' "
                    + "FROM trainyard.live_metrics WHERE model = '' ORDER BY metric"
            )
        );
    }

    private async Task<string> MeasureAsync()
    {
        (await Meters.RunAsync("both")).With(0);
        return (await Meters.RunAsync("measure", "2024-04-09")).With(0).Output;
    }
}

public sealed class MeasuredTasksOnFolderAndDuckDb : MeasuredTasksTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class MeasuredTasksOnPostgresAndS3 : MeasuredTasksTests<PostgresAndS3>;
