using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Models;

/// <summary>Two models that differ: one learns from the input that decides the label, the other is not given
/// it.</summary>
public sealed class ChampionTests
{
    private static readonly DateTimeOffset To = Some.Start.AddDays(59);
    private static readonly SplitSpec ByKey = KeySplit(0.3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Champion_and_challenger_are_compared_on_rows_later_than_both()
    {
        var (challenger, _) = Better(Some.Definition());
        var (_, champion) = Worse(Some.Definition());
        var card = CardOf(champion.Definition, Some.Start.AddDays(38));

        var later = challenger.Against(card, champion.Trained.Model).Comparison!;

        Assert.Equal((Some.Start.AddDays(38), 21 * 40L), (later.After!.Value, later.Rows));
        Assert.Equal(
            Some.Start.AddDays(32),
            challenger.Against(card with { LearnedThrough = Some.Start }, champion.Trained.Model).Comparison!.After
        );
    }

    [Fact]
    public void What_a_champion_answers_with_has_no_say_in_which_rows_its_measured_fit_has_learned()
    {
        var (challenger, _) = Better(Some.Definition());
        var (_, champion) = Worse(Some.Definition());
        var card = CardOf(champion.Definition, To) with
        {
            Served = new ServedFit
            {
                Rows = 2400,
                MeasuredThrough = Some.Start.AddDays(38),
                Figures = [],
            },
        };

        var comparison = challenger.Against(card, champion.Trained.Model).Comparison!;

        Assert.Equal((Some.Start.AddDays(38), 21 * 40L), (comparison.After!.Value, comparison.Rows));
    }

    [Theory]
    [InlineData("auc")]
    [InlineData("log_loss")]
    [InlineData("accuracy")]
    public void The_better_one_gains_whichever_side_it_is_on(string metric)
    {
        var definition = Some.Definition() with { Metric = Some.Metric(metric) };
        var (better, knowing) = Better(definition);
        var (worse, ignorant) = Worse(definition);

        var forward = better.Against(CardOf(definition, To.AddDays(-26), ignorant), ignorant.Trained.Model).Comparison!;
        var back = worse.Against(CardOf(definition, To.AddDays(-26), knowing), knowing.Trained.Model).Comparison!;

        Assert.True(forward.Gain!.Low > 0, forward.ToString());
        Assert.True(back.Gain!.High < 0, back.ToString());
        Assert.Equal(
            (forward.ChallengerMetric!.Value, forward.ChampionMetric!.Value),
            (back.ChampionMetric!.Value, back.ChallengerMetric!.Value)
        );
        Assert.Equal(forward.Gain.Value, -back.Gain.Value, 12);
    }

    [Fact]
    public void The_champion_is_judged_at_its_own_threshold()
    {
        var definition = Some.Definition() with { Metric = Metric.Accuracy };
        var (challenger, itself) = Better(definition);
        var card = CardOf(definition, To.AddDays(-26), itself);

        var same = challenger.Against(card, itself.Trained.Model).Comparison!;
        var none = challenger.Against(card with { Threshold = 2 }, itself.Trained.Model).Comparison!;

        Assert.Equal(0, same.Gain!.Value);
        var negatives = challenger.Evaluate().LabelMean!.Value;
        Assert.True(none.Gain!.Value > 0, none.ToString());
        Assert.InRange(none.ChampionMetric!.Value, 1 - negatives - 0.1, 1 - negatives + 0.1);
    }

    /// <summary>At the threshold of the model the baseline would call every row positive here, and be right in a few: a
    /// model that is wrong more often than "never" would look good beside it.</summary>
    [Fact]
    public void The_baseline_is_judged_by_the_class_that_costs_less()
    {
        var definition = Some.Definition() with { Metric = Metric.Accuracy };
        definition = definition with { Model = definition.Model with { Threshold = new ThresholdSpec { At = 0.01 } } };
        var frame = Some.Frame(positiveBeyond: 2.2);
        var (evaluator, _) = Train(definition, frame, frame);

        var evaluation = evaluator.Evaluate();

        Assert.InRange(evaluation.LabelMean!.Value, 0.05, 0.4);
        Assert.Equal(1 - evaluation.LabelMean.Value, evaluation.Baseline!.Metric.Value, 9);
        Assert.Equal(0, evaluation.Baseline.Metrics["recall"]);
        Assert.True(evaluation.GainOverBaseline!.Value < 0, evaluation.GainOverBaseline!.ToString());
        Assert.All(evaluation.ByWeek!, week => Assert.Equal(1 - week.LabelMean!.Value, week.Baseline!.Value, 9));

        var costly = definition with
        {
            Model = definition.Model with { Threshold = new ThresholdSpec { Cost = new CostSpec { Miss = 100 } } },
        };
        var (other, _) = Train(costly, frame, frame);
        Assert.Equal(1, other.Evaluate().Baseline!.Metrics["recall"]);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Split_by_key_they_are_compared_on_the_keys_in_both_holdouts(double share)
    {
        var definition = Some.Definition(cutoff: null, split: ByKey);
        var (challenger, _) = Better(definition);
        var championDefinition = Some.Definition(cutoff: null, split: KeySplit(share));
        var (_, champion) = Worse(championDefinition);

        var card = CardOf(championDefinition, null, champion);
        var comparison = challenger.Against(card, champion.Trained.Model).Comparison!;

        var common = champion.Split.Holdout.Intersect(Better(definition).Made.Split.Holdout).ToArray();
        Assert.Equal((common.LongLength, (DateTimeOffset?)null), (comparison.Rows, comparison.After));
        Assert.Equal(
            Some.Value(
                Metric.Auc,
                champion
                    .Trained.Model.Predict(champion.Trained.Encoder.Encode(champion.Frame), common, 2, Cancel)
                    .Values,
                Array.ConvertAll(common, row => champion.Frame.Labels[row]),
                0
            ),
            comparison.ChampionMetric!.Value,
            12
        );
    }

    [Fact]
    public void A_champion_that_was_split_by_key_has_learned_of_every_day()
    {
        var (challenger, _) = Better(Some.Definition());
        var byKey = Some.Definition(split: ByKey);
        var (_, champion) = Worse(byKey);

        var (comparison, whyNot) = challenger.Against(CardOf(byKey, To, champion), champion.Trained.Model);

        Assert.Null(comparison);
        Assert.Contains("(none)", whyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_rows_that_neither_has_learned_leave_the_baseline_to_decide()
    {
        var (challenger, made) = Better(Some.Definition());

        var (comparison, whyNot) = challenger.Against(CardOf(made.Definition, To), made.Trained.Model);

        Assert.Null(comparison);
        Assert.Equal(
            "There are too few rows that neither it nor the champion train.1 has learned (none), so the "
                + "baseline decides.",
            whyNot
        );
    }

    [Fact]
    public void A_champion_without_an_answer_to_a_row_leaves_the_baseline_to_decide()
    {
        var (challenger, _) = Better(Some.Definition());
        var (_, champion) = Worse(Some.Definition());
        var mute = new ScoringModel(champion.Trained.Encoder, new MuteScorer(), null, default);

        var (comparison, whyNot) = challenger.Against(CardOf(champion.Definition, Some.Start.AddDays(38)), mute);

        Assert.Null(comparison);
        Assert.Equal(
            "The champion train.1 has no answer to 840 of the 840 rows that neither has learned, so the baseline "
                + "decides.",
            whyNot
        );
    }

    [Fact]
    public void A_model_without_anything_to_learn_from_gives_one_answer()
    {
        var frame = Some.Frame(task: ModelTask.Regression);
        var constant = Constant(frame, "x", "noise", "letter");

        var (evaluator, _) = Train(Some.Definition(ModelTask.Regression), constant, constant);
        var (other, _) = Train(Some.Definition(ModelTask.Regression), frame, frame);

        Assert.NotNull(evaluator.Evaluate().OnlyAnswer);
        Assert.Null(other.Evaluate().OnlyAnswer);
    }

    private static (Evaluator Evaluator, Made Made) Better(Definition definition) =>
        Train(definition, Some.Frame(), Some.Frame());

    private static (Evaluator Evaluator, Made Made) Worse(Definition definition) =>
        Train(definition, Constant(Some.Frame(), "x"), Some.Frame());

    /// <summary>Learns from one frame, and is measured on another with the same rows.</summary>
    private static (Evaluator, Made) Train(Definition definition, Frame learned, Frame measured)
    {
        var split = Split.Of(definition, measured, definition.Rows.HasTime ? To : null);
        var trained = Training.Run(definition, learned, split, 2, _ => { }, TestContext.Current.CancellationToken);
        return (
            new Evaluator(definition, null, measured, split, trained, 2, Cancel),
            new Made(definition, measured, split, trained)
        );
    }

    /// <summary>Takes what they say out of some columns.</summary>
    private static Frame Constant(Frame frame, params string[] columns) =>
        new()
        {
            Rows = frame.Rows,
            Columns =
            [
                .. frame.Columns.Select(column =>
                    !columns.Contains(column.Name) ? column
                    : column is NumberColumn ? new NumberColumn(column.Name, new float[frame.Rows])
                    : (FrameColumn)((CategoryColumn)column with { Codes = new int[frame.Rows] })
                ),
            ],
            Labels = frame.Labels,
            Cutoffs = frame.Cutoffs,
            Keys = frame.Keys,
        };

    private static SplitSpec KeySplit(double holdout) =>
        new()
        {
            By = SplitBy.Key,
            Validation = new SplitSize(default, new Share(0.15)),
            Holdout = new SplitSize(default, new Share(holdout)),
        };

    private static Card CardOf(Definition definition, DateTimeOffset? learnedThrough, Made? made = null) =>
        new()
        {
            Pipeline = "shops",
            Version = "train.1",
            AsOf = Some.Start,
            TrainedAt = Some.Start,
            LearnedThrough = learnedThrough,
            Definition = definition,
            DefinitionHash = "",
            ComparableHash = "",
            Producer = new Producer { Version = "1", Fingerprint = "" },
            Files = [],
            Inputs = [],
            Profile = [],
            Features = [],
            Split = new SplitCard
            {
                Bounds =
                    definition.Model.Split.By == SplitBy.Key ? null : SplitBounds.Of(definition, learnedThrough!.Value),
                FitRows = 0,
                ValidationRows = 0,
                HoldoutRows = 0,
                GapRows = 0,
                NullLabels = 0,
                NullLabelsInHoldout = 0,
            },
            Trees = 1,
            Threshold = made?.Trained.Reading.Threshold,
            Evaluation = Some.Evaluation(Metric.Auc, new(0.7, null, null), 0.5, new(0.2, null, null)),
            Scores = new Histogram(0, 1, [0]),
        };

    private sealed record Made(Definition Definition, Frame Frame, Split Split, TrainedModel Trained);

    private sealed class MuteScorer : IScorer
    {
        public int Width => 1;

        public string Extension => "none";

        public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores) => scores.Fill(double.NaN);

        public byte[] Save() => [];
    }
}
