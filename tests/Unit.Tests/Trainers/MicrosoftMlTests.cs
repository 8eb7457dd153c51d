using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainyard.Learning.Data;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using Trainyard.Trainers.LightGbm.Native;
using Trainyard.Trainers.LightGbm.Trees;
using Encoder = Trainyard.Learning.Encoding.Encoder;

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
    public void It_reads_what_a_package_holds_also_where_missing_values_part_from_all_others()
    {
        var random = new Random(3);
        // On both sides of zero, so that no empty bin stands beside the missing ones.
        double[] x =
        [
            .. Enumerable.Range(0, 1000).Select(_ => random.Next(3) == 0 ? double.NaN : random.NextDouble() - 0.5),
        ];
        double[] labels = [.. x.Select(value => double.IsNaN(value) ? 9 : value + random.NextDouble())];
        int[] all = [.. Enumerable.Range(0, x.Length)];
        var frame = FrameOf(x, labels);
        var encoder = Encoder.Fit(frame, all, _ => 0);
        using var training = TrainerList
            .Of(Trainer.LightGbm)
            .Begin(new LightGbmOptions { LearningRate = 0.3 }.For(all.Length, columns: 1));
        var scorer = training
            .Fit(
                new Lesson
                {
                    Encoder = encoder,
                    Rows = encoder.Encode(frame),
                    Targets = new Targets(labels),
                    Known = all,
                    Learned = all,
                    Size = 20,
                    Objective = new Objective(Loss.Squared, Loss.Squared),
                    Threads = 1,
                },
                TestContext.Current.CancellationToken
            )
            .Scorer;
        var text = Encoding.UTF8.GetString(scorer.Save());
        Assert.Contains("16777215", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^threshold=.*(inf|e\\+300)", text);

        // Greater than all that was learned is not missing.
        double[] greater = [.. x.Select((value, row) => row % 10 == 0 ? 2e7 + row : value)];
        greater[0] = double.PositiveInfinity;
        var asked = encoder.Encode(FrameOf(greater, labels));
        var expected = new double[x.Length];
        scorer.Score(asked, all, expected);

        var scores = Scores(text, false, [.. asked.Columns]);
        var apart = scores.Zip(expected, (one, other) => Math.Abs(one - other)).Max();
        Assert.True(apart <= 1e-5, $"{apart}");

        // It still says rightly how long its trees are: LightGBM reads it as well.
        using var native = NativeBooster.Load(text);
        double[] values = [.. asked.Columns[0].Select(value => (double)value)];
        Assert.Equal(expected, native.Answer(values, AnswerKind.Raw, threads: 1));
        Assert.InRange(expected[0], -1, 3);
        Assert.True(expected.Max() > 8);
    }

    [Fact]
    public void It_does_not_read_splits_on_sets()
    {
        var asked = Narrow(OddTable.Make(500, seed: 8, hasOdd: false));
        var refused = Assert.ThrowsAny<Exception>(() => Scores(Fit(BoostingObjective.Regression, [3]), false, asked));
        Assert.IsType<IndexOutOfRangeException>(refused.GetBaseException());
    }

    private static Frame FrameOf(double[] x, double[] labels) =>
        new()
        {
            Rows = x.Length,
            Columns = [new NumberColumn("x", x)],
            Labels = new Labels(labels),
            Cutoffs = [],
            Keys = new ulong[x.Length],
        };

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
