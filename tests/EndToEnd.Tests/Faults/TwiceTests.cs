namespace Trainyard.Tests.EndToEnd;

/// <summary>Everything started twice at once, as a scheduler that has lost sight of the first does.</summary>
[Trait("Suite", Suites.Slow)]
public abstract class TwiceTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    public async Task Each_step_of_a_score_run_started_twice_at_once_ends_as_from_one()
    {
        await Parcels.TrainedAsync("2024-05-20");
        var score = new ScoreDay(Workspace, Parcels);
        foreach (var step in ScoreDay.Steps)
        {
            (await score.RunAsync(step, "alone")).With(0);
        }

        var expected = await score.PredictionsAsync("alone");

        // Four pairs a round.
        for (var round = 0; round < Rounds.Of(few: 1, many: 13); round++)
        {
            var run = $"twice.{round}";
            foreach (var step in ScoreDay.Steps)
            {
                var both = await Task.WhenAll(score.RunAsync(step, run), score.RunAsync(step, run));
                Assert.All(both, each => each.With(0));
                Assert.Single(
                    both.Select(each => each.Output.Replace("Already done: ", "", StringComparison.Ordinal)).Distinct()
                );
            }

            Assert.Equal(expected, await score.PredictionsAsync(run));
        }
    }

    [Fact]
    public async Task Two_trainings_that_end_together_write_one_history_and_who_comes_second_compares_again()
    {
        await Parcels.TrainAsync("before", "2024-05-13", "features", "train");
        for (var round = 0; round < Rounds.Of(few: 1, many: 10); round++)
        {
            string[] runs = [$"a.{round}", $"b.{round}"];
            foreach (var run in runs)
            {
                await Parcels.TrainAsync(run, "2024-05-20", "features");
            }

            var both = await Task.WhenAll(runs.Select(run => Parcels.StepAsync("train", run)));

            Assert.All(both, each => each.With(0));
            var first = 2 + (2 * round);
            var entries = new[] { await EntryAsync(first), await EntryAsync(first + 1) };
            Assert.Equal(runs, entries.Select(entry => (string)entry["model"]!).Order());

            // Equal models: whoever came second was measured against the first, not against the champion of before.
            Assert.Contains(
                $"the champion {(string)entries[0]["model"]!} has ",
                (string)entries[1]["why"]!,
                StringComparison.Ordinal
            );
        }
    }

    private Task<System.Text.Json.Nodes.JsonNode> EntryAsync(int number) =>
        Workspace.ReadJsonAsync($"parcels/promotions/{number:000000}.json");
}

public sealed class TwiceOnFolderAndDuckDb : TwiceTests<FolderAndDuckDb>;

public sealed class TwiceOnPostgresAndS3 : TwiceTests<PostgresAndS3>;
