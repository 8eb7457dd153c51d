using Trainyard.Learning.Encoding;
using Trainyard.Learning.Explaining;
using Trainyard.Learning.Scoring;

namespace Trainyard.Tests.Models;

/// <summary>Reasons of a model that can only be asked.</summary>
public sealed class SampledExplainerTests
{
    private const int Columns = 4;

    /// <summary>A number, one of 64 bits, a category, and a column that the model does not look at.</summary>
    private static readonly EncodedRows Explained = Rows(
        [1, 2, 3],
        [0.1, 1e9 + 0.25, double.NaN],
        ["b", null, "new"],
        [7, 8, 9]
    );

    private static readonly EncodedRows Reference = Rows(
        [0, 4, 2, 6],
        [0.5, 0.25, 1, 3],
        ["a", "b", null, "b"],
        [1, 2, 3, 4]
    );

    [Fact]
    public void What_is_added_up_is_told_as_it_is()
    {
        var explainer = SampledExplainer.Of(new Asked((x, y, level, _) => [x, 3 * x + Of(y) + Of(level)]), Reference)!;

        var told = Explain(explainer, [2, 0]);

        Near([3, 9 + (4.75 / 4) + 1.5], explainer.Means);
        // By row, score and column: the distance from the mean of the rows of reference.
        Near([0, 0, 0, 0, 0, -4.75 / 4, -1.5 + 3, 0], told[..8]);
        Near([-2, 0, 0, 0, -6, 0.1 - (4.75 / 4), 2 - 1.5, 0], told[8..]);
        Assert.Equal(0, SampledExplainer.Of(new Asked((x, _, _, _) => [0, 0]), Reference)!.ErrorOf(Explained, [0, 1]));
    }

    [Fact]
    public void What_columns_do_together_they_share_and_all_of_it_adds_up()
    {
        var asked = new Asked((x, y, level, z) => [x * Of(y), (x * Of(level)) + Math.Sin(x * z), z]);
        var explainer = SampledExplainer.Of(asked, Reference)!;

        var told = Explain(explainer, [0]);

        // Of two columns all orders were walked: half of what they do together is either's.
        double[] mean = [0, 0];
        for (var row = 0; row < Reference.Count; row++)
        {
            double[] other = [Reference.Columns[0][row], Reference.Values[1]!.NumberOf(Reference.Columns[1][row])];
            mean[0] += ((1 - other[0]) * (0.1 + other[1])) / 2 / Reference.Count;
            mean[1] += ((0.1 - other[1]) * (1 + other[0])) / 2 / Reference.Count;
        }

        Near([mean[0], mean[1], 0, 0], told[..Columns]);
        var score = new double[asked.Width];
        asked.Score(Explained, [0], score);
        Near(
            score,
            [.. explainer.Means.Select((own, place) => own + told.AsSpan(place * Columns, Columns).ToArray().Sum())]
        );
        Assert.InRange(explainer.ErrorOf(Explained, [0, 2])!.Value, 1e-3, 10);
        Assert.Equal(told, Explain(explainer, [1, 0])[(asked.Width * Columns)..]);
    }

    [Fact]
    public void Rows_that_are_made_up_need_no_answer_and_such_of_reference_are_left_out()
    {
        // No answer where x is not that of the row explained, or of reference, that y goes with.
        var asked = new Asked((x, y, _, _) => (x, y) is (1, 0.1) or (0, 0.5) or (4, 0.25) ? [x + Of(y)] : [double.NaN]);
        var explainer = SampledExplainer.Of(asked, Reference)!;

        var told = Explain(explainer, [0]);

        Assert.Equal([(0.5 + 4.25) / 2], explainer.Means);
        Assert.Equal(1.1 - explainer.Means[0], told.Sum(), 12);
        // No row between tells x and y apart, which are taken over with what lies between them.
        Assert.True(Math.Abs(told[0]) > 0.1 && Math.Abs(told[1]) > 0.1, string.Join(' ', told));
        Assert.Null(SampledExplainer.Of(new Asked((_, _, _, _) => [double.NaN]), Reference));
    }

    private static double[] Explain(SampledExplainer explainer, int[] order)
    {
        var told = new double[order.Length * explainer.Width * Columns];
        explainer.Explain(Explained, order, told);
        return told;
    }

    private static void Near(double[] expected, IReadOnlyList<double> found)
    {
        Assert.Equal(expected.Length, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    private static double Of(double number) => double.IsNaN(number) ? 0 : number;

    private static double Of(string? level) =>
        level switch
        {
            null => 0,
            "a" => 2,
            "b" => 2,
            _ => 3,
        };

    private static EncodedRows Rows(double[] x, double[] y, string?[] levels, double[] z)
    {
        var (number, own) = AsIs.Of(new Trainyard.Learning.Data.NumberColumn("y", y));
        string[] all = [.. levels.OfType<string>().Distinct()];
        return new EncodedRows(
            x.Length,
            [
                Array.ConvertAll(x, value => (float)value),
                number,
                Array.ConvertAll(levels, level => level is null ? EncodedColumn.Null : Array.IndexOf(all, level) + 2f),
                Array.ConvertAll(z, value => (float)value),
            ]
        )
        {
            Values = [new AsIs(null, null), own, new AsIs(null, all), null],
        };
    }

    /// <summary>Answers with a function of what stands in the columns.</summary>
    private sealed class Asked(Func<double, double, string?, double, double[]> answer) : IScorer
    {
        public int Width { get; } = answer(0, 0, null, 0).Length;

        public string Extension => "none";

        public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
        {
            for (var row = 0; row < order.Length; row++)
            {
                var at = order[row];
                answer(
                        rows.Values[0]!.NumberOf(rows.Columns[0][at]),
                        rows.Values[1]!.NumberOf(rows.Columns[1][at]),
                        rows.Values[2]!.LevelOf(rows.Columns[2][at]),
                        rows.Columns[3][at]
                    )
                    .CopyTo(scores[(row * Width)..]);
            }
        }

        public byte[] Save() => throw new NotSupportedException();
    }
}
