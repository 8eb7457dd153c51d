using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks.Regression;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>Ends between which labels are to lie, and what becomes of them on rows that were not learned.</summary>
public sealed class IntervalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Ends_are_moved_by_the_distance_that_so_many_labels_keep()
    {
        // Nine labels at 1 to 9 below an interval that ends at 0; of ten that could stand in any order 80 % are eight.
        double[] labels = [.. Enumerable.Range(1, 9).Select(distance => (double)-distance)];

        Assert.Equal(8, Conformal.Widening(new double[9], [.. labels.Select(_ => 5.0)], labels, 0.8));
        Assert.Equal(8, Conformal.Widening([.. labels.Select(_ => 5.0)], new double[9], labels, 0.8));
        Assert.Equal(-1, Conformal.Widening([-1.0], [1.0], [0.0], 0.5));
    }

    [Theory]
    [InlineData(0.99, 99)]
    [InlineData(0.9, 9)]
    [InlineData(0.8, 4)]
    [InlineData(0.55, 2)]
    public void Too_few_rows_for_a_share_are_65(double share, int least)
    {
        Assert.Equal(0, Conformal.Widening(new double[least], new double[least], new double[least], share));
        var some = new double[least - 1];

        var fault = Assert.Throws<Fault>(() => Conformal.Widening(some, some, some, share));

        Assert.Equal(
            (
                ExitCode.BadData,
                $"An interval that holds {100 * share:0}% of the labels needs {least} rows at least that were answered "
                    + $"and not learned, and there are {least - 1}. Give it more rows, or make model.interval smaller. "
                    + "Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Theory]
    [InlineData(5, 4, 6, 1, 3, 7)]
    [InlineData(5, 6, 4, 0, 4, 6)]
    [InlineData(9, 4, 6, 0, 4, 9)]
    [InlineData(1, 4, 6, 0, 1, 6)]
    [InlineData(5, 4, 6, -3, 5, 5)]
    [InlineData(9, 4, 6, -3, 5, 9)]
    public void Ends_never_cross_and_the_value_lies_between_them(
        double value,
        double low,
        double high,
        double widening,
        double expectedLow,
        double expectedHigh
    ) => Assert.Equal((expectedLow, expectedHigh), Conformal.Around(value, low, high, widening));

    [Fact]
    public void In_time_a_fold_is_answered_by_what_was_known_before_it()
    {
        var (definition, frame) = (Some.Definition(ModelTask.Regression), Some.Frame(days: 60, rowsADay: 10));
        int[] learned = [.. Enumerable.Range(0, 400)];

        var folds = Folds.Of(definition, frame, learned);

        Assert.Equal(5, folds.Count);
        Assert.All(
            folds,
            fold =>
                Assert.True(
                    fold.Learned.Max(row => frame.Cutoffs[row]).AddDays(2)
                        < fold.Answered.Min(row => frame.Cutoffs[row])
                )
        );
        Assert.Equal(Enumerable.Range(200, 200), folds.SelectMany(fold => fold.Answered).Order());
    }

    [Fact]
    public void In_time_the_first_part_is_answered_by_its_other_keys_where_all_rows_are_to_be()
    {
        var (definition, frame) = (Some.Definition(ModelTask.Regression), Some.Frame(days: 60, rowsADay: 10));
        int[] learned = [.. Enumerable.Range(0, 480)];

        var folds = Folds.OfAll(definition, frame, learned);

        Assert.Equal(learned, folds.SelectMany(fold => fold.Answered).Order());
        Assert.All(folds, fold => Assert.Empty(fold.Learned.Intersect(fold.Answered)));
        var later = folds.Where(fold => fold.Answered.All(row => row >= 80)).ToList();
        Assert.Equal(5, later.Count);
        Assert.All(
            later,
            fold =>
                Assert.True(
                    fold.Learned.Max(row => frame.Cutoffs[row]).AddDays(2)
                        < fold.Answered.Min(row => frame.Cutoffs[row])
                )
        );
        var first = folds.Except(later).ToList();
        Assert.Equal(5, first.Count);
        Assert.All(first, fold => Assert.Equal(learned[..80], fold.Learned.Concat(fold.Answered).Order()));

        // One key is no other's.
        Array.Fill(frame.Keys, 7UL);
        Assert.Equal(later.Count, Folds.OfAll(definition, frame, learned).Count);
        Assert.Empty(Folds.OfAll(definition, frame with { Cutoffs = [] }, learned));
    }

    [Fact]
    public void Without_time_every_row_is_answered_by_the_other_keys()
    {
        var (definition, frame) = (Some.Definition(ModelTask.Regression, cutoff: null), Some.Frame(days: 60));
        int[] learned = [.. Enumerable.Range(0, 1000)];

        var folds = Folds.Of(definition, frame with { Cutoffs = [] }, learned);

        Assert.Equal(learned, folds.SelectMany(fold => fold.Answered).Order());
        Assert.All(folds, fold => Assert.Equal(learned, fold.Learned.Concat(fold.Answered).Order()));
    }

    [Fact]
    public void Intervals_hold_about_what_they_promise_where_rows_are_exchangeable()
    {
        var (definition, frame, split, trained) = Train();
        var evaluation = new Evaluator(definition, null, frame, split, trained, 2, Cancel).Evaluate();

        Assert.Equal(0.8, evaluation.Coverage!.Asked);
        Assert.InRange(evaluation.Coverage.Held.Value, 0.75, 0.85);
        Assert.Equal(1, evaluation.Coverage.Held.Value + evaluation.Coverage.Below + evaluation.Coverage.Above, 9);
        Assert.False(evaluation.Coverage.IsMissed);
        Assert.True(evaluation.Model.Metrics["interval_score"] < evaluation.Baseline!.Metrics["interval_score"]);

        var scores = trained.Model.Predict(frame, 2, Cancel);
        var (values, lows, highs) = (scores.Column(0), scores.Column(1), scores.Column(2));
        Assert.All(Enumerable.Range(0, frame.Rows), row => Assert.InRange(values[row], lows[row], highs[row]));
    }

    [Fact]
    public void All_three_parts_come_back_from_a_package()
    {
        var (definition, frame, split, trained) = Train();
        Assert.Equal(["model", "low", "high"], trained.Parts.Select(part => part.Name));

        var loaded = LoadedPackage.ModelOf(
            definition,
            [.. trained.Parts.Select(part => part.Content)],
            trained.Encoder,
            "model.txt",
            null,
            trained.Reading
        );
        var scores = trained.Model.Predict(frame, 2, Cancel);
        Assert.Equal(scores.Values, loaded.Predict(frame, 1, Cancel).Values);

        var rows = GoldenRows.Of(frame, split.Holdout, trained.Encoder);
        var golden = GoldenRows.Write(rows, trained.Model.Predict(rows, 1, Cancel).Values);
        GoldenRows.Check(golden, "golden.csv", [.. frame.Features], ModelTask.Regression, loaded, Cancel);
        var other = LoadedPackage.ModelOf(
            definition,
            [.. trained.Parts.Select(part => part.Content)],
            trained.Encoder,
            "model.txt",
            null,
            trained.Reading with
            {
                Widening = trained.Reading.Widening + 0.1,
            }
        );
        Assert.Throws<Fault>(() =>
            GoldenRows.Check(golden, "golden.csv", [.. frame.Features], ModelTask.Regression, other, Cancel)
        );
    }

    [Theory]
    [InlineData(0.70, 0.66, 0.74, true)]
    [InlineData(0.90, 0.86, 0.94, true)]
    [InlineData(0.78, 0.74, 0.82, false)]
    public void A_share_that_chance_does_not_explain_is_told(double held, double low, double high, bool isMissed) =>
        Assert.Equal(
            isMissed,
            new Coverage
            {
                Asked = 0.8,
                Held = new Estimate(held, low, high),
                Below = 0,
                Above = 1 - held,
                MeanWidth = 1,
                Blocks = "28 days",
            }.IsMissed
        );

    private static (Definition, Frame, Split, TrainedModel) Train()
    {
        var definition = Some.Definition(
            ModelTask.Regression,
            cutoff: null,
            split: new SplitSpec
            {
                By = SplitBy.Key,
                Validation = new SplitSize(default, new Share(0.2)),
                Holdout = new SplitSize(default, new Share(0.3)),
            }
        );
        definition = definition with { Model = definition.Model with { Interval = new Share(0.8) } };
        var frame = Some.Frame(days: 100, task: ModelTask.Regression) with { Cutoffs = [] };
        var split = Split.Of(definition, frame, to: null);
        return (definition, frame, split, Training.Run(definition, frame, split, 2, _ => { }, Cancel));
    }
}
