namespace Trainyard.Tests.EndToEnd;

/// <summary>A spec that names the linear trainer, from rows to report.</summary>
public abstract class LinearTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task A_linear_model_takes_over_from_trees_and_shows_its_coefficients()
    {
        (await Meters.RunAsync("train")).With(0);
        Meters.Write(spec: spec => Linear(spec, "trainer: linear"));

        var ended = (await Meters.RunAsync("both")).With(0);

        Assert.Matches("Trained train.20240408T000000Z.2, and promoted it.*the champion", ended.Error + ended.Output);
        var card = await Workspace.ReadJsonAsync("meters/models/train.20240408T000000Z.2/card.json");
        var coefficients = card["exhibits"]!.AsArray().Single(each => (string?)each!["id"] == "coefficients");
        var slope = coefficients!["rows"]!.AsArray().Single(row => (string?)row!["name"] == "x");
        Assert.InRange((double)slope!["values"]![0]!, 95, 105);
        Assert.Contains(
            "held small by l2 = ",
            await Workspace.ReadTextAsync(
                await Workspace.FindAsync("meters/runs/train.20240408T000000Z.2/report/report-")
            ),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(
                "SELECT count(*) > 0 AND min(value) > -20 AND max(value) < 140 FROM trainyard.meters_predictions"
            )
        );
    }

    [Fact]
    public async Task What_it_cannot_learn_is_78_before_anything_is_read()
    {
        Meters.Write(spec: spec =>
            Linear(spec, "trainer: linear").Replace("metric: rmse", "metric: mae", StringComparison.Ordinal)
        );

        var ended = (await Meters.RunAsync("train")).With(78);

        Assert.Contains(
            "the trainer linear cannot learn the median, which the metric mae asks for unless an objective is named",
            ended.Error,
            StringComparison.Ordinal
        );
    }

    private static string Linear(string spec, string model) =>
        spec.Replace(Meters.Options, model, StringComparison.Ordinal);
}

public sealed class LinearOnFolderAndDuckDb : LinearTests<FolderAndDuckDb>;
