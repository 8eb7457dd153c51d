using Trainyard.Trainers.LightGbm.Native;
using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Tests.Trainers;

public sealed class NativeFitTests
{
    private static readonly BoostingOptions Plain = new()
    {
        Objective = BoostingObjective.Regression,
        Metric = "rmse",
        Rounds = 500,
        EarlyStopping = 5,
        LearningRate = 0.3,
        Threads = 1,
    };

    [Fact]
    public void More_rounds_than_help_are_left_out()
    {
        var (whole, fit, validation) = Datasets(2000);
        using var _ = whole;
        using var __ = fit;
        using var ___ = validation;
        var heard = new List<BoostingRound>();
        var model = Boosting.Fit(fit, validation, Plain, heard.Add, TestContext.Current.CancellationToken);

        Assert.Equal(model.Measured, heard);
        Assert.Equal(model.Rounds + 5, heard.Count);
        Assert.Equal(heard.MinBy(round => round.Metric), new BoostingRound(model.Rounds, model.Metric));
        Assert.Equal(model.Rounds, ModelText.Read(model.Text).Rounds);

        // The metric is the library's own, of these rows.
        var table = OddTable.Make(2000, seed: 1, hasOdd: false);
        using var native = NativeBooster.Load(model.Text);
        var answers = native.Answer(table.RowMajor, AnswerKind.Final, 1);
        var errors = ValidationRows(2000).Select(row => Math.Pow(answers[row] - (float)table.Labels(2)[row], 2));
        Assert.Equal(Math.Sqrt(errors.Average()), model.Metric!.Value, 9);
    }

    [Fact]
    public void A_metric_of_which_more_is_better_is_read_that_way()
    {
        var (whole, fit, validation) = Datasets(2000, label => label > 2 ? 1 : 0);
        using var _ = whole;
        using var __ = fit;
        using var ___ = validation;
        var model = Boosting.Fit(
            fit,
            validation,
            Plain with
            {
                Objective = BoostingObjective.Binary(),
                Metric = "auc",
            },
            cancel: TestContext.Current.CancellationToken
        );
        Assert.Equal(model.Measured.Max(round => round.Metric), model.Metric);
        Assert.True(model.Measured.Count > 6);
    }

    [Fact]
    public void The_same_seed_gives_the_same_text()
    {
        string Fit(int seed)
        {
            var (whole, fit, validation) = Datasets(1500);
            using var _ = whole;
            using var __ = fit;
            using var ___ = validation;
            return Boosting
                .Fit(
                    fit,
                    null,
                    Plain with
                    {
                        Rounds = 5,
                        RowShare = 0.5,
                        Seed = seed,
                    },
                    cancel: TestContext.Current.CancellationToken
                )
                .Text.Split("parameters:")[0];
        }

        Assert.Equal(Fit(1), Fit(1));
        Assert.NotEqual(Fit(1), Fit(2));
    }

    [Fact]
    public void A_stop_is_obeyed_between_trees()
    {
        var (whole, fit, validation) = Datasets(1500);
        using var _ = whole;
        using var __ = fit;
        using var ___ = validation;
        using var stop = new CancellationTokenSource();
        var rounds = 0;
        Assert.Throws<OperationCanceledException>(() =>
            Boosting.Fit(
                fit,
                null,
                Plain,
                round =>
                {
                    rounds = round.Rounds;
                    if (rounds == 3)
                    {
                        stop.Cancel();
                    }
                },
                stop.Token
            )
        );
        Assert.Equal(3, rounds);
    }

    [Fact]
    public void Bins_are_learned_on_the_rows_given_and_no_others()
    {
        var cancel = TestContext.Current.CancellationToken;
        // Rows from 1,000 hold values that move every bin, if they are learned.
        double[] values = [.. Enumerable.Range(0, 2000).Select(i => i < 1000 ? i % 50 : i * 1000.0)];
        double[] labels = [.. values.Select(value => Math.Sqrt(value))];
        int[] first = [.. Enumerable.Range(0, 1000)];
        string Text(NativeDataset dataset) =>
            ModelText
                .Read(Boosting.Fit(dataset, null, Plain with { Rounds = 3 }, cancel: cancel).Text)
                .Trees.SelectMany(tree => tree.Splits)
                .Aggregate("", (text, split) => $"{text} {split.Threshold:R}");

        using var whole = NativeDataset.Create([InputColumn.Of(values)], new BinningOptions { MostBins = 16 }, first);
        whole.SetLabels(labels);
        using var some = whole.Subset(first);
        using var alone = NativeDataset.Create([InputColumn.Of(values[..1000])], new BinningOptions { MostBins = 16 });
        alone.SetLabels(labels.AsSpan(0, 1000));
        using var all = NativeDataset.Create([InputColumn.Of(values)], new BinningOptions { MostBins = 16 });
        all.SetLabels(labels);
        using var someOfAll = all.Subset(first);

        Assert.Equal(Text(alone), Text(some));
        Assert.NotEqual(Text(alone), Text(someOfAll));
    }

    [Fact]
    public void Rows_that_are_mostly_zero_are_learned_alike_in_either_form()
    {
        var cancel = TestContext.Current.CancellationToken;
        var random = new Random(1);
        double[][] columns =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Enumerable.Range(0, 800).Select(_ => random.Next(8) == 0 ? random.NextDouble() - 0.5 : 0).ToArray()
                ),
        ];
        double[] labels = [.. Enumerable.Range(0, 800).Select(row => columns[0][row] + (2 * columns[3][row]))];
        var (starts, places, values) = (new List<int> { 0 }, new List<int>(), new List<double>());
        for (var row = 0; row < 800; row++)
        {
            foreach (var (at, column) in columns.Index().Where(column => column.Item[row] != 0))
            {
                places.Add(at);
                values.Add(column[row]);
            }

            starts.Add(values.Count);
        }

        var options = new BinningOptions { Threads = 1 };
        InputColumn[] inputs = [.. columns.Select(InputColumn.Of)];
        using var dense = NativeDataset.Create(inputs, options);
        using var sparse = NativeDataset.CreateSparse(
            BinSample.Draw(inputs, [], options),
            options,
            columns.Length,
            [.. starts],
            [.. places],
            [.. values]
        );
        dense.SetLabels(labels);
        sparse.SetLabels(labels);
        Assert.Equal(
            Boosting.Fit(dense, null, Plain with { Rounds = 5 }, cancel: cancel).Text,
            Boosting.Fit(sparse, null, Plain with { Rounds = 5 }, cancel: cancel).Text
        );
    }

    [Fact]
    public void Weights_and_initial_scores_count()
    {
        var cancel = TestContext.Current.CancellationToken;
        double[] noise = [.. Enumerable.Range(0, 1000).Select(i => (double)(i % 10))];
        double[] signal = [.. Enumerable.Range(0, 1000).Select(i => i < 500 ? 0.0 : 5.0)];
        double[] labels = [.. signal.Select(value => value + (value > 0 ? 0 : 1))];
        double Mean(double[] values, Action<NativeDataset> set)
        {
            using var dataset = NativeDataset.Create([InputColumn.Of(values)], new BinningOptions());
            dataset.SetLabels(labels);
            set(dataset);
            using var model = NativeBooster.Load(
                Boosting.Fit(dataset, null, Plain with { Rounds = 1, LearningRate = 1 }, cancel: cancel).Text
            );
            return model.Answer([5.0], AnswerKind.Final, 1)[0];
        }

        Assert.Equal(3, Mean(noise, _ => { }), 6);
        Assert.Equal(2, Mean(noise, set => set.SetWeights([.. labels.Select(label => label < 2 ? 3f : 1f)])), 5);
        // What is learned is then the rest.
        Assert.Equal(5, Mean(signal, _ => { }), 5);
        Assert.Equal(1, Mean(signal, set => set.SetInitialScores([.. labels.Select(_ => 4.0)])), 5);
    }

    [Fact]
    public void A_monotone_column_never_turns()
    {
        var model = ModelText.Read(Case.Fit("monotone").Text);
        var base1 = OddTable.Make(50, seed: 9, hasOdd: false);
        for (var row = 0; row < base1.Rows; row++)
        {
            double[] along = [.. Enumerable.Range(0, 300).Select(i => (i / 200.0) - 0.5)];
            List<InputColumn> inputs =
            [
                InputColumn.Of(along),
                .. base1
                    .Columns.Skip(1)
                    .Select(column => InputColumn.Of([.. Enumerable.Repeat(column[row], along.Length)])),
            ];
            var scores = new double[along.Length];
            new FlatAnswers(new FlatTrees(model)).Answer(inputs, 0, scores);
            Assert.Equal(scores.Order(), scores);
        }
    }

    [Fact]
    public void What_LightGBM_refuses_is_told_in_its_words()
    {
        var (whole, fit, validation) = Datasets(500);
        using var _ = whole;
        using var __ = fit;
        using var ___ = validation;
        var refused = Assert.Throws<LightGbmException>(() =>
            Boosting.Fit(
                fit,
                null,
                Plain with
                {
                    Objective = BoostingObjective.Multiclass(3),
                    Metric = "multi_logloss",
                },
                cancel: TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("Label must be in [0, 3)", refused.Message, StringComparison.Ordinal);
        Assert.Throws<LightGbmException>(() => whole.Subset([3, 2]));
        Assert.Throws<ArgumentException>(() => fit.SetWeights([.. Enumerable.Repeat(float.NaN, fit.Rows)]));
    }

    private static int[] ValidationRows(int rows) => [.. Enumerable.Range(0, rows).Where(row => row % 4 == 0)];

    private static (NativeDataset Whole, NativeDataset Fit, NativeDataset Validation) Datasets(
        int rows,
        Func<double, double>? label = null
    )
    {
        var table = OddTable.Make(rows, seed: 1, hasOdd: false);
        var whole = NativeDataset.Create(table.Inputs, new BinningOptions { Threads = 1 });
        whole.SetLabels([.. table.Labels(2).Select(label ?? (value => value))]);
        var validation = ValidationRows(rows);
        return (whole, whole.Subset([.. Enumerable.Range(0, rows).Except(validation)]), whole.Subset(validation));
    }
}
