using Trainyard.Pipelines;
using Trainyard.Steps.Report;
using Trainyard.Stores;

namespace Trainyard.Tests.Report;

public sealed class ScoreReportTests
{
    private const string Version = "train.20131230T050000Z.1";

    [Fact]
    public async Task A_score_run_says_how_many_where_they_are_and_who_made_them()
    {
        using var run = await SomeRun.OfAsync(
            SomeCard.Flights(SomeRun.AsOf, Version),
            SomeProfile.Flights(968),
            SomeScores.Flights
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains(
            "968 predictions. 214 of them (22.1 %) reach the threshold of 0.186.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "They were made on 30 Dec 2013, 01:04 and are in the table trainyard.flights_predictions. None of "
                + "them is hindsight",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains($"{Version} It is the champion since 30 December 2013.", page.Text, StringComparison.Ordinal);
        Assert.Contains("its AUC is 0.701 (95 % interval 0.672 to 0.729)", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "temp and seats are more unusual than all of the 240 days of training but 1 (origin, "
                + "as of 20 Nov 2013; the next is visib, as of 24 Dec 2013). How unusual an input is, "
                + "is how far its distance from training lies beyond that of other days of the same "
                + "weekday, in what is usual for it.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "A run is refused when more than 10 % of the rows have a level of a category that training had "
                + "not, or when the share of nulls of a column rises by more than 20 %.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "temp in what it holds 6.4 0.412 38.94 was 57.2 0 % was 0.5 % seats in how often it is null 3.9 0.034 "
                + "139.8 was 136.7 46.3 % was 15.6 % tailnum 1.2 0.081 4.3 % unseen 1.2 % was 0.8 %",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("from run to run", page.Text, StringComparison.Ordinal);
        Assert.Contains("Probability 334201 30 Dec 2013 0.671", page.Text, StringComparison.Ordinal);
        Assert.Contains("From To Now Training 0 0.020", page.Text, StringComparison.Ordinal);
        Assert.Contains("width:67.12%", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["spread"], page.Charts.EnumerateObject().Select(chart => chart.Name));
        Assert.Equal("968 predictions by model train.20131230T050000Z.1.", Sentences.Summary(await run.GatherAsync()));
    }

    [Fact]
    public async Task Few_blocks_or_none_are_said_and_a_limit_of_its_own_too()
    {
        using var few = await SomeRun.OfAsync(
            SomeCard.Flights(SomeRun.AsOf, Version),
            SomeProfile.Flights(968),
            SomeScores.Flights with
            {
                Moves = SomeScores.Flights.Moves! with { Blocks = 60, Above = [], Moved = [] },
            },
            file =>
                file with
                {
                    Operations = file.Operations with
                    {
                        Inputs = file.Operations.Inputs with { Moved = OnMoved.Refuse },
                    },
                }
        );
        var page = new Page(await few.RenderAsync());
        Assert.Contains(
            "No input is more unusual than the most unusual of the 60 days of training (visib, as of 24 Dec 2013).",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "With fewer than 99 days of training too many alarms would be false, so it is told only.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("more than 20 %, and where an input has moved.", page.Text, StringComparison.Ordinal);

        using var none = await SomeRun.OfAsync(
            SomeCard.Flights(SomeRun.AsOf, Version),
            SomeProfile.Flights(968),
            SomeScores.Flights with
            {
                Moves = null,
            }
        );
        Assert.Contains(
            "The model does not tell how its inputs were before: train again.",
            new Page(await none.RenderAsync()).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_named_model_a_trial_and_hindsight_are_said()
    {
        var summary = SomeScores.Flights with { Table = null, Hindsight = 41, Positives = null };
        using var run = await SomeRun.OfAsync(
            SomeCard.Flights(SomeRun.AsOf, Version),
            SomeProfile.Flights(968),
            summary,
            file => file with { TrialLimit = 1_000, Model = file.Model! with { Override = true } }
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains("A trial on at most 1,000 rows", page.Text, StringComparison.Ordinal);
        Assert.Contains("Their mean is 0.151.", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "are in the store only. 41 of them are hindsight: their cutoffs are in the time the model learned from.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "It was named with --model, so its predictions are not in the view of current ones.",
            page.Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true, 0, "None of them is hindsight: the model has learned none of their keys.")]
    [InlineData(true, 41, "41 of them are hindsight: the model has learned the rows of their keys.")]
    [InlineData(false, 0, "Whether the model has learned some of these rows is not noted: the table has no time.")]
    public async Task Without_time_hindsight_is_a_matter_of_keys(bool notesKeys, int hindsight, string said)
    {
        using var run = await SomeRun.OfAsync(
            SomeCard.Irises(SomeRun.AsOf, Version) with
            {
                Served = notesKeys ? SomeCard.Served : null,
            },
            SomeProfile.Flights(968),
            SomeScores.Flights with
            {
                Hindsight = hindsight,
            }
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains(said, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_scoring_set_still_has_a_report()
    {
        using var run = new SomeRun(SomeRun.Score("flights", SomeSpec.Flights) with { Model = null });
        await run.FreezeAsync(SomeSpec.Sql);
        await run.WriteAsync(StepName.Extract, 0.2, 0, "The query returned no rows.");
        var page = new Page(await run.RenderAsync());

        Assert.Contains("There was nothing to score. The query returned no rows.", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "The run read cutoffs after 29 Dec 2013, up to 30 Dec 2013 (America/New_York).",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Where it came from", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Charts.EnumerateObject());
        Assert.Equal(
            "There was nothing to score: The query returned no rows.",
            Sentences.Summary(await run.GatherAsync())
        );
    }

    [Fact]
    public async Task Another_card_than_the_run_was_frozen_with_is_refused()
    {
        using var run = await SomeRun.OfAsync(
            SomeCard.Flights(SomeRun.AsOf, Version),
            SomeProfile.Flights(968),
            SomeScores.Flights
        );
        var served = run.File.Model!;
        var frozen = run.File with { Model = served with { CardSha256 = SomeCard.Hash } };

        var fault = await Assert.ThrowsAsync<Fault>(() =>
            Gathering.GatherAsync(run.Folder, frozen, TestContext.Current.CancellationToken)
        );
        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Equal(
            $"{run.Store.Uri}/flights/models/{Version}/card.json is not the card that run "
                + $"'score.20131230T050000Z.1' was frozen with: its SHA-256 is {served.CardSha256}, not "
                + $"{SomeCard.Hash}. Nothing was changed; start a new run.",
            fault.Message
        );
    }

    [Fact]
    public async Task A_summary_that_was_changed_is_refused()
    {
        using var run = await SomeRun.OfAsync(
            SomeCard.Flights(SomeRun.AsOf, Version),
            SomeProfile.Flights(968),
            SomeScores.Flights
        );
        var name = run.Folder.NameOf(StepName.Score, "summary-0123456789ab.json");
        await run.Store.DeleteAsync(name, TestContext.Current.CancellationToken);
        await run.Store.TryCreateAsync(
            name,
            Json.Bytes(SomeScores.Flights with { Rows = 969 }),
            TestContext.Current.CancellationToken
        );

        var fault = await Assert.ThrowsAsync<Fault>(run.GatherAsync);
        Assert.Equal(
            $"{run.Store.UriOf(name)} is not what was written: its SHA-256 is another. Nothing was changed; "
                + "remove the run's folder and start a new run.",
            fault.Message
        );
    }
}
