using Trainyard.Trainers.LightGbm.Native;
using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Tests.Trainers;

/// <summary>Flat trees answer to the last bit as LightGBM does.</summary>
public sealed class FlatTreesTests
{
    public static TheoryData<string> Cases => [.. Case.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Raw_scores_and_answers_are_LightGBMs_to_the_last_bit(string name)
    {
        var fitted = Case.Fit(name);
        var model = ModelText.Read(fitted.Text);
        using var native = NativeBooster.Load(fitted.Text);
        foreach (var hasOdd in new[] { false, true })
        {
            var asked = OddTable.Make(1501, seed: 3, hasOdd);
            var scores = new double[asked.Rows * model.Width];
            new FlatAnswers(new FlatTrees(model)).Answer(asked.Inputs, 0, scores);
            AssertSameBits(native.Answer(asked.RowMajor, AnswerKind.Raw, 1), scores);

            Link.Of(model).Convert(scores);
            AssertSameBits(native.Answer(asked.RowMajor, AnswerKind.Final, 1), scores);
        }
    }

    [Fact]
    public void Every_threshold_leads_where_LightGBM_leads()
    {
        foreach (var name in new[] { "regression", "zero missing", "levels" })
        {
            var fitted = Case.Fit(name);
            var model = ModelText.Read(fitted.Text);
            using var native = NativeBooster.Load(fitted.Text);
            var splits = model.Trees.SelectMany(tree => tree.Splits).Where(split => split.Levels is null).ToList();
            // A row a split: its threshold, or the value next to it, in all columns.
            double[] values = [.. splits.SelectMany(split => Around(split.Threshold)), 0, -0.0, double.NaN];
            var inputs = Enumerable.Repeat(InputColumn.Of(values), model.Features).ToList();
            var scores = new double[values.Length * model.Width];
            new FlatAnswers(new FlatTrees(model)).Answer(inputs, 0, scores);
            double[] rows = [.. values.SelectMany(value => Enumerable.Repeat(value, model.Features))];
            AssertSameBits(native.Answer(rows, AnswerKind.Raw, 1), scores);
        }
    }

    [Fact]
    public void Columns_of_32_bits_and_read_in_blocks_answer_alike()
    {
        var model = ModelText.Read(Case.Fit("regression").Text);
        var asked = OddTable.Make(600, seed: 5, hasOdd: false);
        float[][] narrow = [.. asked.Columns.Select(column => Array.ConvertAll(column, value => (float)value))];
        double[][] wide = [.. narrow.Select(column => Array.ConvertAll(column, value => (double)value))];
        var (first, second) = (new double[550], new double[550]);
        var answers = new FlatAnswers(new FlatTrees(model));
        answers.Answer([.. narrow.Select(InputColumn.Of)], 50, first);
        answers.Answer(
            [
                .. wide.Select(column =>
                    InputColumn.Of(column.Length, (at, block) => column.AsSpan(at, block.Length).CopyTo(block))
                ),
            ],
            50,
            second
        );
        AssertSameBits(first, second);
    }

    private static double[] Around(double value) => [value, Math.BitIncrement(value), Math.BitDecrement(value)];

    private static void AssertSameBits(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(
            -1,
            Enumerable
                .Range(0, expected.Length)
                .Where(i => BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]))
                .DefaultIfEmpty(-1)
                .First()
        );
    }
}
