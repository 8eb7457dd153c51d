using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainyard.Trainers.LightGbm.Native;
using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Tests.Trainers;

/// <summary>A team can read a package's model with Microsoft.ML and nothing of ours.</summary>
public sealed class MicrosoftMlTests
{
    [Theory]
    [InlineData("regression")]
    [InlineData("median")]
    [InlineData("quantile")]
    [InlineData("poisson")]
    [InlineData("binary")]
    public void It_reads_the_text_and_answers_the_same_raw_scores(string name)
    {
        var text = Fit(Case.ObjectiveOf(name), []);
        var asked = Narrow(OddTable.Make(500, seed: 8, hasOdd: false));
        var expected = new double[500];
        new FlatAnswers(new FlatTrees(ModelText.Read(text))).Answer([.. asked.Select(InputColumn.Of)], 0, expected);

        var scores = Scores(text, name == "binary", asked);
        var apart = scores.Zip(expected, (one, other) => Math.Abs(one - other) / (1 + Math.Abs(other))).Max();
        Assert.True(apart <= 1e-6, $"{apart}");
        Assert.True(expected.Distinct().Count() > 100);
    }

    [Fact]
    public void It_does_not_read_splits_on_sets()
    {
        var asked = Narrow(OddTable.Make(500, seed: 8, hasOdd: false));
        var refused = Assert.ThrowsAny<Exception>(() => Scores(Fit(BoostingObjective.Regression, [3]), false, asked));
        Assert.IsType<IndexOutOfRangeException>(refused.GetBaseException());
    }

    private static string Fit(BoostingObjective objective, int[] categorical)
    {
        var table = OddTable.Make(2000, seed: 7, hasOdd: false);
        using var dataset = NativeDataset.Create(
            [.. Narrow(table).Select(InputColumn.Of)],
            new BinningOptions { Categorical = categorical, Threads = 1 }
        );
        double[] labels = [.. table.Labels(seed: 2).Select(Math.Abs)];
        dataset.SetLabels(
            objective == BoostingObjective.Binary() ? [.. labels.Select(label => label > 2 ? 1.0 : 0)] : labels
        );
        return Boosting
            .Fit(
                dataset,
                null,
                new BoostingOptions
                {
                    Objective = objective,
                    Rounds = 30,
                    Threads = 1,
                }
            )
            .Text;
    }

    /// <summary>The columns that 32 bits hold: Microsoft.ML has no more for a threshold, and keeps "missing goes right"
    /// below 2^24.</summary>
    private static float[][] Narrow(OddTable table) =>
        [.. new[] { 0, 1, 2, 4 }.Select(column => Array.ConvertAll(table.Columns[column], value => (float)value))];

    private static float[] Scores(string text, bool isBinary, float[][] columns)
    {
        var ml = new MLContext(1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns.Length);
        var rows = ml.Data.LoadFromEnumerable(
            Enumerable
                .Range(0, columns[0].Length)
                .Select(row => new Row { Features = [.. columns.Select(column => column[row])] }),
            schema
        );
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        ITransformer model = isBinary
            ? ml.BinaryClassification.Trainers.LightGbm(stream, nameof(Row.Features)).Fit(rows)
            : ml.Regression.Trainers.LightGbm(stream, nameof(Row.Features)).Fit(rows);
        return [.. model.Transform(rows).GetColumn<float>("Score")];
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public bool Label { get; init; }
    }
}
