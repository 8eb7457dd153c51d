using Trainyard.Learning.Data;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>Dummy values.</summary>
internal static class Some
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Rows over days, whose label follows x with noise of the day and of the row; every tenth x is
    /// null.</summary>
    public static Frame Frame(
        int days = 60,
        int rowsADay = 40,
        ModelTask task = ModelTask.Binary,
        double positiveBeyond = 1.5
    )
    {
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
            labels[row] =
                task == ModelTask.Binary
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
            Labels = labels,
            Cutoffs = cutoffs,
            Keys = keys,
        };
    }

    public static Definition Definition(
        ModelTask task = ModelTask.Binary,
        string? cutoff = "day",
        SplitSpec? split = null
    ) =>
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
            Metric = task == ModelTask.Binary ? Metric.Auc : Metric.Rmse,
            Model = new ModelSpec
            {
                Task = task,
                Options = new TrainerOptions
                {
                    MaxTrees = 60,
                    Leaves = 7,
                    EarlyStopping = 10,
                },
                Calibrate = task == ModelTask.Binary ? Calibration.Isotonic : Calibration.None,
                Split =
                    split
                    ?? new SplitSpec
                    {
                        Validation = new SplitSize(Span.Days(10), default),
                        Holdout = new SplitSize(Span.Days(25), default),
                    },
            },
        };

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
