namespace Trainyard.Tests.EndToEnd;

/// <summary>Categories whose levels are parted by sets, as the spec asks.</summary>
public abstract class LevelSplitsTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task Sets_of_levels_are_learned_scored_and_named_in_card_and_report()
    {
        Write("sets");

        (await Meters.RunAsync("both")).With(0);

        var card = await Workspace.ReadJsonAsync("meters/models/train.20240408T000000Z.1/card.json");
        var fact = Assert.Single(card["facts"]!.AsArray(), fact => (string?)fact!["label"] == "Levels");
        Assert.Matches(@"^\d+ of \d+ splits on sets \(Microsoft\.ML cannot read it\)$", (string?)fact!["value"]);
        // Six meters read 60 higher than their load says.
        Assert.Equal(
            ["20|t"],
            await Workspace.QueryAsync(
                "SELECT count(*), avg(CASE WHEN id IN (2, 3, 5, 7, 11, 13) THEN value END) > 15 + avg(CASE WHEN id "
                    + "NOT IN (2, 3, 5, 7, 11, 13) THEN value END) FROM trainyard.meters_predictions"
            )
        );
    }

    [Fact]
    public async Task Another_word_is_refused_with_those_that_there_are()
    {
        Write("set");

        var ended = (await Meters.RunAsync("train")).With(78);

        Assert.Contains("levels is 'set', which is none of ranks, sets.", ended.Error, StringComparison.Ordinal);
    }

    private void Write(string levels) =>
        Meters.Write(
            x: "'m' || id AS meter, x",
            y: "y + CASE WHEN id IN (2, 3, 5, 7, 11, 13) THEN 60 ELSE 0 END",
            spec: spec =>
                spec.Replace("{numbers: [x]}", "{numbers: [x], categories: [meter]}", StringComparison.Ordinal)
                    .Replace("max_trees: 20", $"max_trees: 20, levels: {levels}", StringComparison.Ordinal)
        );
}

public sealed class LevelSplitsOnFolderAndDuckDb : LevelSplitsTests<FolderAndDuckDb>;
