using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Tests.Models;

/// <summary>Numbers that 32 bits cannot tell apart, in labels and in features.</summary>
public sealed class WideNumbersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What numbers come from a number from 0 to 1,000.</summary>
    public static TheoryData<string, Func<int, double>> Features =>
        new()
        {
            { "whole numbers", x => x - 500 },
            { "decimals", x => x / 7.0 },
            { "nine digits and more", x => 2e9 + x },
            { "ids", x => 1e15 + x },
            { "seconds of an epoch", x => 1.73e9 + (x / 1000.0) },
            { "around zero", x => (x - 500) * 1e7 },
            { "very large", x => (x - 500) * 1e290 },
        };

    [Theory]
    [MemberData(nameof(Features))]
    public void A_model_answers_as_LightGBM_itself_does_in_64_bits(string kind, Func<int, double> number)
    {
        var (frame, columns) = FrameOf(number);
        var (definition, split, trained) = Train(frame);
        var learned = split.Learned;
        var middle = trained.Encoder.LabelMiddle!.Value;
        var expected = NativeLightGbm.LearnAndPredict(
            BoostingObjective.Regression,
            (LightGbmOptions)definition.Model.Options,
            trained.Size,
            [.. columns.Select(column => Array.ConvertAll(learned, row => column[row]))],
            Array.ConvertAll(learned, row => (float)(frame.Labels[row] - middle)),
            columns
        );

        var answers = trained.Model.Predict(frame, 1, Cancel).Values;
        // A value that was not learned may lie half way between two that were, and 32 bits then decide on the side.
        var apart = learned.Max(row => Math.Abs(answers[row] - middle - expected[row]));
        Assert.True(apart < 0.001, $"{kind}: {apart}");
        var rows = GoldenRows.Of(frame, split.Holdout, trained.Encoder);
        var golden = GoldenRows.Write(rows, trained.Model.Predict(rows, 1, Cancel).Values);
        GoldenRows.Check(golden, "golden.csv", [.. frame.Features], ModelTask.Regression, trained.Model, Cancel);
    }

    /// <summary>LightGBM itself takes the first for zero, clips the second, and puts the third into one bin with the
    /// values before it.</summary>
    public static TheoryData<string, Func<int, double>, Func<int, double>> Extremes =>
        new()
        {
            { "denormal", x => (x - 500) * 1e-320, x => x - 500 },
            { "near the largest", x => (x - 500) * 1e305, x => x - 500 },
            { "infinite", x => x > 700 ? double.PositiveInfinity : 1 + x, x => x > 700 ? 9000 : 1 + x },
            { "minus infinite", x => x < 300 ? double.NegativeInfinity : x, x => x < 300 ? -9000 : x },
        };

    [Theory]
    [MemberData(nameof(Extremes))]
    public void The_order_of_extreme_values_is_all_that_counts(
        string kind,
        Func<int, double> number,
        Func<int, double> plain
    )
    {
        var (frame, _) = FrameOf(number);
        var (other, _) = FrameOf(plain);

        var answers = Train(frame).Item3.Model.Predict(frame, 1, Cancel).Values;
        var others = Train(other).Item3.Model.Predict(other, 1, Cancel).Values;

        Assert.True(answers.SequenceEqual(others), kind);
    }

    [Theory]
    [InlineData(1_730_000_000)]
    [InlineData(1e10)]
    [InlineData(-1e14)]
    public void A_constant_added_to_the_label_changes_nothing(double constant)
    {
        var frame = Some.Frame(task: ModelTask.Regression);
        for (var row = 0; row < frame.Rows; row++)
        {
            // Whole numbers stay exact.
            frame.Labels.Values[row] = Math.Round(frame.Labels[row] * 100);
        }

        var (definition, split, trained) = Train(frame);
        var evaluation = new Evaluator(definition, null, frame, split, trained, 1, Cancel).Evaluate();
        var moved = With(frame, [.. frame.Columns]);
        for (var row = 0; row < frame.Rows; row++)
        {
            moved.Labels.Values[row] += constant;
        }

        var (_, _, other) = Train(moved);
        var others = new Evaluator(definition, null, moved, split, other, 1, Cancel).Evaluate();

        Assert.Equal(constant, other.Encoder.LabelMiddle - trained.Encoder.LabelMiddle);
        Assert.Equal(trained.Size, other.Size);
        var precision = Math.BitIncrement(Math.Abs(constant)) - Math.Abs(constant);
        Assert.All(
            trained.Model.Predict(frame, 1, Cancel).Values.Zip(other.Model.Predict(moved, 1, Cancel).Values),
            answers => Assert.InRange(answers.Second - constant - answers.First, -precision, precision)
        );
        Assert.Equal(evaluation.Model.Metric.Value, others.Model.Metric.Value, precision);
        Assert.Equal(evaluation.Baseline!.Metric.Value, others.Baseline!.Metric.Value, precision);
        Assert.Equal(evaluation.GainOverBaseline!.Low!.Value, others.GainOverBaseline!.Low!.Value, 4 * precision);
        Assert.Equal(constant + evaluation.BaselineValue!.Value, others.BaselineValue!.Value, precision);
    }

    [Fact]
    public void Golden_rows_of_large_answers_that_lie_close_together_are_told_apart()
    {
        var frame = Some.Frame(task: ModelTask.Regression);
        for (var row = 0; row < frame.Rows; row++)
        {
            frame.Labels.Values[row] += 1e10;
        }

        var (_, split, trained) = Train(frame);
        var rows = GoldenRows.Of(frame, split.Holdout, trained.Encoder);
        var answers = trained.Model.Predict(rows, 1, Cancel).Values;
        var wrong = GoldenRows.Write(rows, Array.ConvertAll(answers, answer => answer + 1e-4));

        Assert.Throws<Fault>(() =>
            GoldenRows.Check(wrong, "golden.csv", [.. frame.Features], ModelTask.Regression, trained.Model, Cancel)
        );
    }

    [Theory]
    [InlineData(1e40)]
    [InlineData(1e-40)]
    public void Labels_whose_differences_32_bits_cannot_hold_are_65(double unit)
    {
        var frame = Some.Frame(task: ModelTask.Regression);
        for (var row = 0; row < frame.Rows; row++)
        {
            frame.Labels.Values[row] *= unit;
        }

        var fault = Assert.Throws<Fault>(() => Train(frame));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.StartsWith("The labels lie up to ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_lose_nothing_stay_as_they_are()
    {
        double[] numbers = [0, 1, -5, 8_388_607, double.NaN];
        double[] decimals = [0.1, 0.2, 0.1 + 0.2, 0.3, -1.1];
        double[] wide = [16_777_216, 16_777_217, 1, 2, 3];
        double[] sentinel = [0.1, 0.25, 0.7, 1e30, 1e30];
        double[] cosines = [.. Enumerable.Range(0, 5).Select(day => Math.Cos(2 * Math.PI * (day + 1) / 7))];
        var frame = Of(numbers, decimals, wide, cosines, sentinel);

        var encoder = Encoder.Fit(frame, [0, 1, 2, 3, 4], _ => 0);

        Assert.Equal([true, true, false, true, false], encoder.Columns.Select(column => column.Cuts is null));
        Assert.Equal([4, 5, 1, 2, 3], encoder.Encode(frame).Columns[2]);
        Assert.Equal([1, 2, 3, 4, 4], encoder.Encode(frame).Columns[4]);
        Assert.Equal(Array.ConvertAll(decimals, value => (float)value), encoder.Encode(frame).Columns[1]);
    }

    [Fact]
    public void Places_count_from_zero_and_are_bounded_in_number_and_common_values_have_their_own()
    {
        double[] values =
        [
            .. Enumerable.Range(0, 100_000).Select(i => 1e15 + (10 * i)),
            .. Enumerable.Repeat(1e15 + 5, 1000),
            -7,
            0,
        ];

        var cuts = CutPoints.Learn((double[])values.Clone())!;

        Assert.InRange(cuts.Length, CutPoints.Places / 2, 2 * CutPoints.Places);
        Assert.Equal(1, CutPoints.CountBelow(cuts, 0));
        Assert.Equal(0, CutPoints.CountBelow(cuts, -7));
        Assert.Equal(2, CutPoints.CountBelow(cuts, 1e15));
        Assert.Equal(3, CutPoints.CountBelow(cuts, 1e15 + 5));
    }

    /// <summary>Labels that follow a number from 0 to 1,000, which a fifth of the rows do not have, and a
    /// digit.</summary>
    private static (Frame Frame, double[][] Columns) FrameOf(Func<int, double> number)
    {
        var random = new Random(3);
        var frame = Some.Frame(task: ModelTask.Regression);
        double[][] columns = [new double[frame.Rows], new double[frame.Rows]];
        for (var row = 0; row < frame.Rows; row++)
        {
            var (x, missing) = (random.Next(1000), random.Next(5) == 0);
            (columns[0][row], columns[1][row]) = (missing ? double.NaN : number(x), random.Next(10));
            frame.Labels.Values[row] = (missing ? 1000 : x) + columns[1][row];
        }

        return (With(frame, new NumberColumn("x", columns[0]), new NumberColumn("digit", columns[1])), columns);
    }

    private static (Definition, Split, TrainedModel) Train(Frame frame)
    {
        // One seed, as the library itself has.
        var definition = Some.Definition(ModelTask.Regression);
        definition = definition with
        {
            Model = definition.Model with { Options = (LightGbmOptions)definition.Model.Options with { Seeds = 1 } },
        };
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));
        return (
            definition,
            split,
            Training.Run(definition, frame, split, 1, _ => { }, TestContext.Current.CancellationToken)
        );
    }

    private static Frame With(Frame frame, params FrameColumn[] columns) =>
        new()
        {
            Rows = frame.Rows,
            Columns = columns,
            Labels = new Labels([.. frame.Labels.Values]),
            Cutoffs = frame.Cutoffs,
            Keys = frame.Keys,
        };

    private static Frame Of(params double[][] columns) =>
        new()
        {
            Rows = columns[0].Length,
            Columns = [.. columns.Select((values, i) => new NumberColumn($"x{i}", values))],
            Labels = Labels.None,
            Cutoffs = [],
            Keys = new ulong[columns[0].Length],
        };
}
