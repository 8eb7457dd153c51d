using System.Text.Json;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Steps.Report;

namespace Trainyard.Tests.Report;

public sealed class TrainReportTests
{
    private const string Version = "train.20131230T050000Z.1";

    [Fact]
    public async Task The_fit_that_answers_stands_beside_the_measured_one()
    {
        using var run = await SomeRun.OfAsync(
            SomeCard.Flights(SomeRun.AsOf, Version) with
            {
                Served = SomeCard.Served,
            },
            SomeProfile.Flights(302_042)
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains(
            "On the holdout AUC Share of positives measured 0.701 28.1 % answers 0.744 24.3 % at least 0.672 6.9 % at "
                + "most – 35.0 %",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "What answers has then been fitted in the same way on 302,042 rows, the holdout and the gaps included",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("a fit on 302,042 rows, trained", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_folds_stand_in_for_validation_there_is_none_among_the_parts()
    {
        var card = SomeCard.Irises(SomeRun.AsOf, Version);
        using var run = await SomeRun.OfAsync(
            card with
            {
                Split = card.Split with { Folds = 5, FitRows = 127, ValidationRows = 0 },
            },
            SomeProfile.Flights(150)
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains(
            "the model is fitted, its size, calibration and threshold are picked in 5 folds of fit, and the holdout is "
                + "only measured.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Part Rows Fit 127 Holdout 23", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promoted_run_says_so_first_and_compares_three()
    {
        using var run = await SomeRun.OfAsync(SomeCard.Flights(SomeRun.AsOf, Version), SomeProfile.Flights(302_042));
        var page = new Page(await run.RenderAsync());

        Assert.Contains(
            "flights · train run · as of 30 December 2013 (America/New_York) Will a flight that leaves New "
                + "York today arrive 30 minutes late or more? Verdict Promoted. AUC 0.701 beats the baseline by "
                + "0.201",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "On 80,029 rows of the holdout its AUC is 0.701 (95 % interval 0.672 to 0.729); the baseline, "
                + "which answers 0.173 for every row, has 0.500.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Champion train.20131223T050000Z.1 0.698 0.670 to 0.727 +0.003 −0.001 to +0.007",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The gate asks for a gain of more than 0.05 over the baseline at the lower end of the interval, "
                + "and allows a model to be worse than the champion by 0.005, and it takes AUC beyond 0.75 for a "
                + "leak.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "validation, where a miss costs 4 and a false alarm 1. On the holdout, 27.1 % of the rows called "
                + "positive were (precision), and 55.2 % of all positive rows were called so (recall).",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "302,042 rows with cutoffs after 1 Feb 2013, up to 28 Dec 2013.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("seats number · integer 2 to 450", page.Text, StringComparison.Ordinal);
        Assert.Contains("train 27.4 s 46.6 s 693 MB", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "where f.day_start > {{ from }} and f.day_start <= {{ to }}",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("model.zip " + SomeCard.Hash + " 1.2 MB", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Threshold 0.186 A row counts as positive from this probability on. It is the one",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Labels 13.8 % positive In the holdout.", page.Text, StringComparison.Ordinal);
        Assert.Contains(Version + " LightGBM, 214 trees, trained", page.Text, StringComparison.Ordinal);
        Assert.Contains("3 more Importance of each column: the rest", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("A trial", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["metric", "roc", "precision-recall", "reliability", "scores", "weeks", "timeline"],
            page.Charts.EnumerateObject().Select(chart => chart.Name)
        );
    }

    [Fact]
    public async Task Every_chart_is_described_and_every_place_has_its_data()
    {
        using var run = await SomeRun.OfAsync(SomeCard.Flights(SomeRun.AsOf, Version), SomeProfile.Flights(302_042));
        var page = new Page(await run.RenderAsync());
        var places = System.Text.RegularExpressions.Regex.Matches(
            page.Markup,
            "data-chart=\"([^\"]+)\" role=\"img\" aria-label=\"([^\"]+)\""
        );

        Assert.Equal(
            page.Charts.EnumerateObject().Select(chart => chart.Name).Order(),
            places.Select(place => place.Groups[1].Value).Order()
        );
        Assert.Contains(
            places,
            place =>
                System.Net.WebUtility.HtmlDecode(place.Groups[2].Value)
                == (
                    "AUC: This model 0.701 (95\u00a0% interval 0.672 to 0.729); Champion 0.698 (95\u00a0% "
                    + "interval 0.670 to 0.727); Baseline 0.500."
                )
        );
        var weeks = page.Charts.GetProperty("weeks").GetProperty("data").GetProperty("points");
        Assert.Equal("2013-10-01T00:00:00", weeks[0].GetProperty("from").GetString());
        Assert.Equal(
            (JsonValueKind.Null, JsonValueKind.Number),
            (weeks[8].GetProperty("values")[0].ValueKind, weeks[8].GetProperty("values")[1].ValueKind)
        );
    }

    [Fact]
    public async Task A_first_run_that_is_refused_says_why_there_is_no_champion_and_a_trial_says_so()
    {
        using var run = await SomeRun.OfAsync(
            SomeCard.Refused(SomeRun.AsOf, Version),
            SomeProfile.Flights(302_042),
            file => file with { TrialLimit = 50_000 }
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains(
            "A trial on at most 50,000 rows: it promotes and publishes nothing.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Refused. AUC 0.541 gains 0.041 over the baseline", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "There is no comparison with a champion: this is the first train run of the pipeline.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(2, page.Charts.GetProperty("metric").GetProperty("data").GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task The_verdict_is_that_of_the_log_whatever_was_decided_first()
    {
        using var run = await SomeRun.OfAsync(SomeCard.Refused(SomeRun.AsOf, Version), SomeProfile.Flights(302_042));
        await run.DecideAsync(new() { Promoted = true, Reason = "It was the strike." }, who: "ada");

        var promoted = new Page(await run.RenderAsync());
        Assert.Contains("Verdict Promoted by a person. It was the strike.", promoted.Text, StringComparison.Ordinal);

        var log = new PromotionLog(run.Store, "flights");
        await log.AppendAsync(
            seen => Task.FromResult(PromotionLog.Undo(seen, "bob", "It was not.", SomeRun.AsOf)!),
            TestContext.Current.CancellationToken
        );
        var undone = new Page(await run.RenderAsync());
        Assert.Contains(
            "Verdict Refused. It was rolled back by bob: It was not.",
            undone.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_of_version_1_0_shows_the_comparison_of_its_card()
    {
        var card = SomeCard.Flights(SomeRun.AsOf, Version);
        using var run = new SomeRun(SomeRun.Train("flights", card.Definition));
        await run.FreezeAsync(SomeSpec.Sql);
        await new Package(run.Store, "flights", Version).WriteCardAsync(card, TestContext.Current.CancellationToken);
        await run.DecideAsync(card.Verdict!);
        await run.WriteAsync(StepName.Extract, 1, 10, "Extracted.");
        await run.WriteAsync(StepName.Features, 1, 10, "Computed.", SomeProfile.Flights(302_042));
        await run.WriteAsync(StepName.Train, 1, 0, "Promoted.");

        Assert.Contains(
            "Champion train.20131223T050000Z.1 0.698 0.670 to 0.727 +0.003",
            new Page(await run.RenderAsync()).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Figures_that_were_compared_are_told_apart()
    {
        var card = SomeCard.Refused(SomeRun.AsOf, Version);
        using var run = await SomeRun.OfAsync(
            card with
            {
                Evaluation = card.Evaluation with
                {
                    Model = card.Evaluation.Model with { Metric = new Estimate(0.50001, 0.49998, 0.50004) },
                    GainOverBaseline = new Estimate(0.00001, -0.00002, 0.00004),
                },
            },
            SomeProfile.Flights(302_042)
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains("its AUC is 0.50001 (95 % interval 0.49998 to 0.50004)", page.Text, StringComparison.Ordinal);
        Assert.Contains("0.50000 +0.00001 −0.00002 to +0.00004", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_regression_shows_what_fits_it_and_marks_a_comparison_on_fewer_rows()
    {
        using var run = await SomeRun.OfAsync(
            SomeCard.Bike(SomeRun.AsOf, Version),
            SomeProfile.Bike,
            file => file with { Operations = file.Operations with { About = null } }
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains("Pipeline bike Verdict Promoted.", page.Text, StringComparison.Ordinal);
        Assert.Contains("RMSE on the holdout, lower is better", page.Text, StringComparison.Ordinal);
        Assert.Contains("Champion * train.20120901T000000Z.1 66.20", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "* On 1,210 rows that neither has learned: cutoffs after 9 Nov 2013, 05:00.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Predicted and observed", page.Text, StringComparison.Ordinal);
        Assert.Contains("Labels mean 222.6 In the holdout.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Threshold", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("% are positive", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["metric", "reliability", "scores", "weeks", "timeline"],
            page.Charts.EnumerateObject().Select(chart => chart.Name)
        );
    }

    [Fact]
    public async Task A_table_without_time_has_no_time_line_and_no_intervals()
    {
        using var run = await SomeRun.OfAsync(SomeCard.Irises(SomeRun.AsOf, Version), SomeProfile.Flights(150));
        var page = new Page(await run.RenderAsync());

        Assert.Contains(
            "302,042 rows with the whole table; it has no time. Rows are divided by a hash of the key",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "On 23 rows of the holdout its AUC is 0.982; the baseline",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "There is no interval: the holdout has 8 rows of the rarer class, fewer than 20. The points decide.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Rows a day", page.Text, StringComparison.Ordinal);
        Assert.False(page.Charts.TryGetProperty("timeline", out _));
        Assert.False(page.Charts.TryGetProperty("weeks", out _));
    }

    [Fact]
    public async Task The_same_run_gives_the_same_bytes()
    {
        using var run = await SomeRun.OfAsync(SomeCard.Flights(SomeRun.AsOf, Version), SomeProfile.Flights(302_042));
        Assert.Equal(await run.RenderAsync(), await run.RenderAsync());
    }

    [Fact]
    public async Task The_sentence_for_the_manifest_is_plain()
    {
        using var run = await SomeRun.OfAsync(SomeCard.Flights(SomeRun.AsOf, Version), SomeProfile.Flights(302_042));
        Assert.Equal(
            "Promoted. On 80,029 rows of the holdout its AUC is 0.701 (95 % interval 0.672 to 0.729); the "
                + "baseline, which answers 0.173 for every row, has 0.500.",
            Sentences.Summary(await run.GatherAsync())
        );
    }

    [Fact]
    public async Task A_step_that_is_not_done_is_named()
    {
        using var run = new SomeRun(SomeRun.Train("flights", SomeSpec.Flights));
        await run.FreezeAsync(SomeSpec.Sql);
        await run.WriteAsync(StepName.Extract, 1, 10, "Extracted.");

        var fault = await Assert.ThrowsAsync<Fault>(run.GatherAsync);
        Assert.Equal(ExitCode.MissingInput, fault.Code);
        Assert.Equal(
            $"The step features of run '{Version}' of pipeline 'flights' is not done in {run.Store.Uri}: run it first.",
            fault.Message
        );
    }
}
