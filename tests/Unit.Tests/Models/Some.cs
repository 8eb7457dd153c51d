using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>Dummy values.</summary>
internal static class Some
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Rows over days, whose label follows x with noise of the day and of the row; every tenth x is
    /// null.</summary>
    public static Frame Frame(int days = 60, int rowsADay = 40, ModelTask? task = null, double positiveBeyond = 1.5)
    {
        var isBinary = task is null || task == ModelTask.Binary;
        var random = new Random(7);
        var rows = days * rowsADay;
        var (x, noise, codes, labels, cutoffs, keys) = (
            new float[rows],
            new float[rows],
            new int[rows],
            new double[rows],
            new DateTimeOffset[rows],
            new ulong[rows]
        );
        var ofDay = 0.0;
        for (var row = 0; row < rows; row++)
        {
            ofDay = row % rowsADay == 0 ? random.NextDouble() - 0.5 : ofDay;
            x[row] = random.NextSingle();
            noise[row] = random.NextSingle();
            codes[row] = random.Next(4);
            var value = (2 * x[row]) + (codes[row] == 2 ? 0.5 : 0) + ofDay + (random.NextDouble() * 0.8);
            labels[row] = isBinary
                ? value > positiveBeyond
                    ? 1
                    : 0
                : (float)value;
            x[row] = row % 10 == 0 ? float.NaN : x[row];
            cutoffs[row] = Start.AddDays(row / rowsADay);
            keys[row] = KeyHash.Mix((ulong)row + 1);
        }

        return new Frame
        {
            Rows = rows,
            Columns =
            [
                new NumberColumn("x", x),
                new NumberColumn("noise", noise),
                new CategoryColumn("letter", codes, ["a", "b", "c"]),
            ],
            Labels = new Labels(labels),
            Cutoffs = cutoffs,
            Keys = keys,
        };
    }

    public static Definition Definition(ModelTask? task = null, string? cutoff = "day", SplitSpec? split = null) =>
        new()
        {
            Clock = new Clock(),
            Rows = new RowsSpec
            {
                Sql = new SqlFiles("rows.sql", "rows.sql"),
                Key = ["id"],
                Cutoff = cutoff,
            },
            Label = new LabelSpec { Column = "label", KnownAfter = cutoff is null ? null : Span.Days(2) },
            Features = new FeaturesSpec
            {
                Numbers = ["x", "noise"],
                Categories = [new CategorySpec { Column = "letter", Keep = 2 }],
            },
            Metric = (task ?? ModelTask.Binary).Metrics[0],
            Model = new ModelSpec
            {
                Task = task ?? ModelTask.Binary,
                Options = new LightGbmOptions
                {
                    MaxTrees = 60,
                    Leaves = 7,
                    EarlyStopping = 10,
                    Seeds = 1,
                },
                Calibrate = task is null || task == ModelTask.Binary ? Calibration.Isotonic : Calibration.None,
                Split =
                    split
                    ?? new SplitSpec
                    {
                        Validation = new SplitSize(Span.Days(10), default),
                        Holdout = new SplitSize(Span.Days(25), default),
                    },
            },
        };

    public static Metric Metric(string name) => Trainyard.Pipelines.Metric.All.Single(metric => metric.Name == name);

    public static ModelTask Task(string name) => ModelTask.All.Single(task => task.Name == name);

    public static Answers Answers(double[] predictions, double threshold) =>
        LearningTasks
            .Of(ModelTask.Binary)
            .Answer(
                new ModelSpec { Task = ModelTask.Binary },
                new Scores(predictions, 1),
                new Reading { Threshold = threshold },
                asked: null
            );

    public static double Value(Metric metric, double[] predictions, double[] labels, double threshold) =>
        Measures.Of(metric).Value(Answers(predictions, threshold), labels);

    public static ResampledMetric Resampled(
        Metric metric,
        double[] predictions,
        double[] labels,
        Blocks blocks,
        double threshold
    ) => Measures.Of(metric).Prepare(Answers(predictions, threshold), labels, blocks);

    public static Comparison Compare(
        Metric metric,
        IReadOnlyList<Answers> answers,
        double[] labels,
        Blocks blocks,
        int seed,
        int threads,
        CancellationToken cancel
    ) =>
        Comparison.Of(
            LearningTasks.Of(metric.Tasks[0]),
            Measures.Of(metric),
            answers,
            labels,
            blocks,
            seed,
            threads,
            cancel
        );

    public static Evaluation Evaluation(
        Metric metric,
        Estimate model,
        double baseline,
        Estimate gain,
        double labelMean = 0.2
    ) =>
        new()
        {
            Metric = metric,
            LabelMean = labelMean,
            Model = new Measured { Metric = model, Metrics = new Dictionary<string, double>() },
            Baseline = new Measured
            {
                Metric = new Estimate(baseline, null, null),
                Metrics = new Dictionary<string, double>(),
            },
            BaselineValue = 0.2,
            GainOverBaseline = gain,
            Intervals = "",
            Importances = [],
        };
}
