using Trainyard.Learning.Gates;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

public sealed class GateTests
{
    private static readonly Estimate Auc = new(0.701, 0.684, 0.717);
    private static readonly Estimate Gain = new(0.201, 0.184, 0.217);

    [Fact]
    public void The_first_model_is_promoted_when_it_beats_the_baseline() =>
        Decides(
            Some.Evaluation(Metric.Auc, Auc, 0.5, Gain),
            new GateSpec { BetterThanBaselineBy = 0.05 },
            promoted: true,
            "AUC is 0.701 (0.684 to 0.717), against the baseline's 0.500: better by 0.201 (0.184 to 0.217). "
                + "There is no champion as of 2026-03-01T00:00:00Z, so the baseline decides."
        );

    [Fact]
    public void The_lower_end_of_the_gain_decides_not_the_point() =>
        Decides(
            Some.Evaluation(Metric.Auc, new(0.57, 0.53, 0.61), 0.5, new(0.07, 0.03, 0.11)),
            new GateSpec { BetterThanBaselineBy = 0.05 },
            promoted: false,
            "AUC is 0.570 (0.530 to 0.610), against the baseline's 0.500: better by 0.070 (0.030 to 0.110), "
                + "and the lower end, 0.030, is not above the 0.050 that better_than_baseline_by asks for."
        );

    [Fact]
    public void Without_an_interval_the_point_decides()
    {
        Decides(
            Some.Evaluation(Metric.Auc, new(0.57, null, null), 0.5, new(0.07, null, null)),
            new GateSpec { BetterThanBaselineBy = 0.05 },
            promoted: true,
            "AUC is 0.570, against the baseline's 0.500: better by 0.070. There is no champion as of "
                + "2026-03-01T00:00:00Z, so the baseline decides."
        );
        Decides(
            Some.Evaluation(Metric.Auc, new(0.52, null, null), 0.5, new(0.02, null, null)),
            new GateSpec { BetterThanBaselineBy = 0.05 },
            promoted: false,
            "AUC is 0.520, against the baseline's 0.500: better by 0.020, and that is not above the 0.050 that "
                + "better_than_baseline_by asks for."
        );
    }

    [Fact]
    public void A_model_worse_than_the_baseline_is_refused_by_default() =>
        Decides(
            Some.Evaluation(Metric.Rmse, new(190.2, 180.1, 200.3), 182.0, new(-8.2, -12.5, -4.1)),
            new GateSpec(),
            promoted: false,
            "RMSE is 190.2 (180.1 to 200.3), against the baseline's 182.0: worse by 8.2 (4.1 to 12.5), "
                + "and the lower end, -12.5, is not above the 0.0 that better_than_baseline_by asks for."
        );

    [Fact]
    public void A_model_that_equals_the_baseline_is_refused()
    {
        Decides(
            Some.Evaluation(Metric.Auc, new(0.5, 0.5, 0.5), 0.5, new(0, 0, 0)),
            new GateSpec(),
            promoted: false,
            "AUC is 0.500 (0.500 to 0.500), against the baseline's 0.500: no better (0.000 to 0.000), and the lower "
                + "end, 0.000, is not above the 0.000 that better_than_baseline_by asks for."
        );
        Decides(
            Some.Evaluation(Metric.Auc, new(0.5, null, null), 0.5, new(0, null, null)),
            new GateSpec(),
            promoted: false,
            "AUC is 0.500, against the baseline's 0.500: no better, and that is not above the 0.000 that "
                + "better_than_baseline_by asks for."
        );
    }

    [Fact]
    public void A_model_with_one_answer_is_refused_whatever_it_gains() =>
        Decides(
            Some.Evaluation(Metric.Mae, new(3.2, 3.1, 3.3), 3.5, new(0.3, 0.2, 0.4)) with
            {
                OnlyAnswer = 12.25,
            },
            new GateSpec(),
            promoted: false,
            "The model has learned nothing: it answers 12.25 for every row. MAE is 3.200 (3.100 to 3.300), against the "
                + "baseline's 3.500: better by 0.300 (0.200 to 0.400)."
        );

    [Fact]
    public void A_class_that_is_the_only_answer_is_named() =>
        Decides(
            Some.Evaluation(Metric.MacroF1, new(0.2, null, null), 0.2, new(0, null, null)) with
            {
                OnlyAnswer = 0.41,
                OnlyAnswerText = "'low'",
            },
            new GateSpec(),
            promoted: false,
            "The model has learned nothing: it answers 'low' for every row. Macro F1 is 0.200, against the baseline's "
                + "0.200: no better."
        );

    [Fact]
    public void A_model_with_one_answer_is_not_told_from_the_baseline_by_the_rounding_of_its_answers() =>
        Decides(
            Some.Evaluation(
                Metric.Rmse,
                new(28.878332804661216, 26.94904116226156, 30.602731862005314),
                28.878332802902513,
                new(-1.758703e-9, -3.701e-9, 2.96e-10)
            ) with
            {
                OnlyAnswer = 58.5,
            },
            new GateSpec(),
            promoted: false,
            "The model has learned nothing: it answers 58.5 for every row. RMSE is 28.88 (26.95 to 30.60), against the "
                + "baseline's 28.88: no better (0.00 to 0.00)."
        );

    [Fact]
    public void A_sentence_begins_with_a_capital() =>
        Decides(
            Some.Evaluation(Metric.LogLoss, new(0.4, null, null), 0.5, new(0.1, null, null)),
            new GateSpec { SuspiciousBeyond = 0.45, BetterThanBaselineBy = 0.2 },
            promoted: false,
            "Log loss is 0.400, better than suspicious_beyond 0.450: this looks as if the features know the future. If "
                + "they do not, promote it by hand: trainyard promote "
                + "shops train.2 --why REASON"
        );

    [Theory]
    [InlineData(0.05, 0.05, false)]
    [InlineData(0.75 - 0.70, 0.05, false)] // 0.05 and the rounding of doubles
    [InlineData(0.0501, 0.05, true)]
    [InlineData(-0.0, 0, false)]
    [InlineData(1e-17, 0, false)]
    [InlineData(1e-9, 0, true)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(double.NaN, -1, false)]
    public void The_lower_end_must_be_above_what_is_asked(double low, double asked, bool promoted)
    {
        var verdict = Gate.Decide(
            Case(
                Some.Evaluation(Metric.Auc, new(0.75, 0.7, 0.8), 0.5, new(0.25, low, 0.3)),
                new GateSpec { BetterThanBaselineBy = asked }
            )
        );

        Assert.Equal(promoted, verdict.Promoted);
        Assert.DoesNotContain("NaN", verdict.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("-0.000", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_that_are_compared_are_printed_until_they_differ()
    {
        Decides(
            Some.Evaluation(Metric.Auc, new(0.50002, 0.50001, 0.50003), 0.5, new(0.00002, 0.00001, 0.00003)),
            new GateSpec(),
            promoted: true,
            "AUC is 0.50002 (0.50001 to 0.50003), against the baseline's 0.50000: better by 0.00002 (0.00001 to "
                + "0.00003). There is no champion as of 2026-03-01T00:00:00Z, so the baseline decides."
        );
        Decides(
            Some.Evaluation(Metric.Rmse, new(48_211.2, 48_000, 48_500), 48_211.6, new(0.4, 0.04, 0.5)),
            new GateSpec(),
            promoted: true,
            "RMSE is 48,211.20 (48,000.00 to 48,500.00), against the baseline's 48,211.60: better by 0.40 (0.04 to "
                + "0.50). There is no champion as of 2026-03-01T00:00:00Z, so the baseline decides."
        );
        Decides(
            Some.Evaluation(Metric.Mae, new(1.5e-5, null, null), 2e-5, new(0.5e-5, null, null)),
            new GateSpec(),
            promoted: true,
            "MAE is 0.0000150, against the baseline's 0.0000200: better by 0.0000050. There is no champion as of "
                + "2026-03-01T00:00:00Z, so the baseline decides."
        );
        Decides(
            Some.Evaluation(Metric.Mae, new(1.5e-15, null, null), 2e-15, new(0.5e-15, null, null)),
            new GateSpec(),
            promoted: true,
            "MAE is 1.5E-15, against the baseline's 2E-15: better by 5E-16. There is no champion as of "
                + "2026-03-01T00:00:00Z, so the baseline decides."
        );
        Decides(
            Some.Evaluation(Metric.Auc, new(0.57, 0.53, 0.61), 0.5, new(0.07, 0.04996, 0.11)),
            new GateSpec { BetterThanBaselineBy = 0.05 },
            promoted: false,
            "AUC is 0.57000 (0.53000 to 0.61000), against the baseline's 0.50000: better by 0.07000 (0.04996 to "
                + "0.11000), and the lower end, 0.04996, is not above the 0.05000 that better_than_baseline_by asks "
                + "for."
        );
    }

    [Fact]
    public void A_gain_or_an_interval_that_cannot_be_computed_is_no_reason_to_promote()
    {
        Decides(
            Some.Evaluation(
                Metric.Rmse,
                new(double.PositiveInfinity, null, null),
                3,
                new(double.NegativeInfinity, null, null)
            ),
            new GateSpec { BetterThanBaselineBy = -1 },
            promoted: false,
            "RMSE cannot be computed on the holdout."
        );
        Decides(
            Some.Evaluation(
                Metric.Rmse,
                new(3, null, null),
                double.PositiveInfinity,
                new(double.PositiveInfinity, null, null)
            ),
            new GateSpec(),
            promoted: false,
            "RMSE cannot be computed on the holdout."
        );
        Decides(
            Some.Evaluation(Metric.Auc, new(0.7, 0.6, 0.8), 0.5, new(0.2, double.NaN, double.NaN)),
            new GateSpec(),
            promoted: false,
            "AUC is 0.700 (0.600 to 0.800), against the baseline's 0.500: better by 0.200, and the interval of that "
                + "gain cannot be computed: in most resamples the metric cannot."
        );
    }

    [Theory]
    [InlineData(-0.005, 0.005, true)]
    [InlineData(0.70 - 0.705, 0.005, true)] // 0.005 and the rounding of doubles
    [InlineData(-0.0051, 0.005, false)]
    [InlineData(0, 0.0, true)]
    [InlineData(-0.0001, 0.0, false)]
    [InlineData(0.01, 0.0, true)]
    [InlineData(double.NaN, 0.005, false)]
    [InlineData(double.NegativeInfinity, 0.005, false)]
    [InlineData(double.PositiveInfinity, 0.005, false)]
    public void A_model_may_be_worse_than_the_champion_by_what_is_allowed(double gain, double allowed, bool promoted)
    {
        var verdict = Gate.Decide(
            Case(
                Some.Evaluation(Metric.Auc, Auc, 0.5, Gain),
                new GateSpec { WorseByAtMost = allowed },
                Champion(0.705, gain)
            )
        );

        Assert.Equal(promoted, verdict.Promoted);
        Assert.DoesNotContain("NaN", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auc", 0.76, 0.75, true)]
    [InlineData("auc", 0.75, 0.75, false)]
    [InlineData("auc", 0.7500000001, 0.75, true)]
    [InlineData("rmse", 10, 20, true)]
    [InlineData("rmse", 21, 20, false)]
    public void Better_than_suspicious_beyond_is_taken_for_a_leak(
        string metric,
        double value,
        double limit,
        bool refused
    )
    {
        var verdict = Gate.Decide(
            Case(
                Some.Evaluation(Some.Metric(metric), new(value, null, null), 0.5, new(0.2, null, null)),
                new GateSpec { SuspiciousBeyond = limit }
            )
        );

        Assert.Equal(!refused, verdict.Promoted);
        Assert.Equal(refused, verdict.Reason.Contains("suspicious_beyond", StringComparison.Ordinal));
    }

    [Fact]
    public void A_leak_is_refused_in_these_words() =>
        Decides(
            Some.Evaluation(Metric.Auc, new(0.81, 0.8, 0.82), 0.5, new(0.31, 0.3, 0.32)),
            new GateSpec { SuspiciousBeyond = 0.75 },
            promoted: false,
            "AUC is 0.810 (0.800 to 0.820), better than suspicious_beyond 0.750: this looks as if the "
                + "features know the future. If they do not, promote it by hand: trainyard promote shops train.2 "
                + "--why REASON"
        );

    [Fact]
    public void A_model_a_little_worse_than_the_champion_is_promoted_and_one_much_worse_is_not()
    {
        Decides(
            Case(Some.Evaluation(Metric.Auc, Auc, 0.5, Gain), new() { WorseByAtMost = 0.005 }, Champion(0.704, -0.003)),
            promoted: true,
            "AUC is 0.701 (0.684 to 0.717), against the baseline's 0.500: better by 0.201 (0.184 to 0.217). "
                + "On the 75,000 rows that neither has learned the champion train.1 has 0.704 and the model 0.701: "
                + "worse by 0.003 (-0.004 to 0.010), and 0.005 is allowed (worse_by_at_most)."
        );
        Decides(
            Case(Some.Evaluation(Metric.Auc, Auc, 0.5, Gain), new(), Champion(0.709, -0.008)),
            promoted: false,
            "On the 75,000 rows that neither has learned the champion train.1 has 0.709 and the model 0.701: "
                + "worse by 0.008 (0.001 to 0.015), and 0.007 is allowed (1 % of the champion's). The champion "
                + "serves on."
        );
    }

    [Fact]
    public void A_champion_that_answers_another_question_is_replaced_by_hand_only()
    {
        var verdict = Gate.Decide(
            Case(Some.Evaluation(Metric.Auc, Auc, 0.5, Gain), new GateSpec()) with
            {
                Incomparable = "train.1",
            }
        );

        Assert.False(verdict.Promoted);
        Assert.Equal(
            "AUC is 0.701 (0.684 to 0.717), against the baseline's 0.500: better by 0.201 (0.184 to 0.217), "
                + "but it cannot be compared with the champion train.1, which answers other rows, another label or "
                + "other features. If it is to serve, promote it by hand: trainyard promote shops train.2 --why "
                + "REASON",
            verdict.Reason
        );
    }

    [Fact]
    public void A_metric_that_cannot_be_computed_is_no_reason_to_promote() =>
        Decides(
            Some.Evaluation(
                Metric.Auc,
                new(double.NaN, null, null),
                double.NaN,
                new(double.NaN, null, null),
                labelMean: 0
            ),
            new GateSpec(),
            promoted: false,
            "AUC cannot be computed on the holdout: all labels are negative."
        );

    private static void Decides(Evaluation evaluation, GateSpec spec, bool promoted, string reason) =>
        Decides(Case(evaluation, spec), promoted, reason);

    private static void Decides(GateCase @case, bool promoted, string reason)
    {
        var verdict = Gate.Decide(@case);

        Assert.Equal(reason, verdict.Reason);
        Assert.Equal(promoted, verdict.Promoted);
    }

    private static GateCase Case(Evaluation evaluation, GateSpec spec, ChampionComparison? champion = null) =>
        new()
        {
            Spec = spec,
            Task = evaluation.Metric.Tasks[0],
            Evaluation = evaluation,
            Champion = champion,
            NoChampionBecause = champion is null
                ? "There is no champion as of 2026-03-01T00:00:00Z, so the baseline decides."
                : null,
            Command = "trainyard promote shops train.2 --why REASON",
        };

    private static ChampionComparison Champion(double metric, double gain) =>
        new()
        {
            Champion = "train.1",
            Rows = 75_000,
            ChampionMetric = new Estimate(metric, null, null),
            ChallengerMetric = new Estimate(0.701, null, null),
            Gain = new Estimate(gain, gain - 0.007, gain + 0.007),
        };
}
