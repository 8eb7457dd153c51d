namespace Trainyard.Tests.EndToEnd;

/// <summary>A spec that names the trainer of random forests, from rows to report.</summary>
public abstract class ForestTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task A_forest_answers_with_intervals_under_constraints_and_gives_reasons()
    {
        Write("trainer: forest, options: {trees: 30}, interval: 80%, constraints: {increasing: [x]}");

        (await Meters.RunAsync("both")).With(0);

        var card = await Workspace.ReadJsonAsync("meters/models/train.20240408T000000Z.1/card.json");
        var facts = card["facts"]!.AsArray().Select(fact => $"{fact!["label"]}: {fact["value"]}").ToList();
        Assert.Contains("Trainer: A random forest", facts);
        Assert.Contains("Size: 30\u00a0trees", facts);
        Assert.Equal(0, (int)card["evaluation"]!["constraints"]!.AsArray().Single()!["broken"]!);
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(
                "SELECT count(*) > 0 AND min(value) >= 0 AND max(value) <= 119 AND bool_and(low <= value AND value <= "
                    + "high) FROM trainyard.meters_predictions"
            )
        );
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(
                "SELECT count(*) > 0 AND bool_and(feature = 'x') FROM trainyard.meters_predictions_reasons"
            )
        );
    }

    [Fact]
    public async Task Trees_that_would_all_be_alike_are_78_before_anything_is_read()
    {
        Write("trainer: forest, options: {row_share: 100%}");

        var ended = (await Meters.RunAsync("train")).With(78);

        Assert.Contains(
            "row_share is 100%, and trees that all see the same rows are no forest; write a share below it, such as "
                + "63%.",
            ended.Error,
            StringComparison.Ordinal
        );
    }

    private void Write(string model) =>
        Meters.Write(spec: spec =>
            spec.Replace(Meters.Options, model, StringComparison.Ordinal) + "predictions: {reasons: {top: 1}}\n"
        );
}

public sealed class ForestOnFolderAndDuckDb : ForestTests<FolderAndDuckDb>;
