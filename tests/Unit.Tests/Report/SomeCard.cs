using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Report;

/// <summary>Cards with figures of the size that the real runs have.</summary>
internal static class SomeCard
{
    public const string Hash = "5c1f0a3d9e7b42c86a10ff93d1b7e4a2c9085d6e3b1f7a4c2d8e9f0a1b2c3d4e";

    public static Producer Producer { get; } =
        new()
        {
            Version = "0.1.0",
            Commit = "892c762f0d1e4b8aa1c2",
            Fingerprint = Hash.Replace('5', 'b'),
            Image = "registry.example/trainyard/train:0.1.0@sha256:9f2c",
        };

    public static Card Flights(DateTimeOffset asOf, string version)
    {
        var definition = SomeSpec.Flights;
        var to = definition.Clock.Subtract(asOf, Span.Days(2));
        var bounds = SplitBounds.Of(definition, to);
        return new Card
        {
            Pipeline = "flights",
            Version = version,
            AsOf = asOf,
            TrainedAt = asOf.AddHours(7).AddMinutes(12),
            LearnedThrough = bounds.ValidationEnds,
            Definition = definition,
            DefinitionHash = Hash,
            ComparableHash = Hash,
            Producer = Producer,
            Files =
            [
                new StoredFile("model.zip", 1_204_331, Hash),
                new StoredFile("encoder.json", 48_120, Hash),
                new StoredFile("golden.csv", 20_114, Hash),
                new StoredFile("definition/rows.sql", 3_120, Hash),
            ],
            Inputs = [new ManifestInput("store/flights/runs/" + version + "/features/manifest.json", Hash)],
            Profile = SomeProfile.Flights(302_000),
            Features = SomeProfile.FlightsFeatures,
            Split = new SplitCard
            {
                Bounds = bounds,
                FitRows = 188_795,
                ValidationRows = 25_114,
                HoldoutRows = 80_029,
                GapRows = 3_662,
                NullLabels = 7_214,
                NullLabelsInHoldout = 1_208,
                Timeline = Days(definition.Clock, bounds, 330),
            },
            Trees = 214,
            Threshold = 0.1862,
            Evaluation = Binary(),
            Scores = new Histogram(
                0,
                1,
                [
                    .. Enumerable
                        .Range(0, 50)
                        .Select(bin => (long)(80_029 * 0.24 * Math.Pow(bin / 50.0 + 0.02, 0.9) * Math.Exp(-bin / 4.4))),
                ]
            ),
            Verdict = new Verdict
            {
                Promoted = true,
                Reason =
                    "AUC 0.701 beats the baseline by 0.201 (at least 0.172 with 95 % confidence, 0.05 is "
                    + "asked), and is no worse than the champion's 0.698.",
            },
        };
    }

    public static Card Refused(DateTimeOffset asOf, string version)
    {
        var card = Flights(asOf, version);
        return card with
        {
            Evaluation = card.Evaluation with
            {
                Model = card.Evaluation.Model with { Metric = new Estimate(0.541, 0.498, 0.583) },
                GainOverBaseline = new Estimate(0.041, -0.002, 0.083),
                Champion = null,
                NoChampionBecause = "this is the first train run of the pipeline.",
            },
            Verdict = new Verdict
            {
                Promoted = false,
                Reason =
                    "AUC 0.541 gains 0.041 over the baseline, but the lower end of the interval, −0.002, is "
                    + "below the 0.05 asked. No model serves yet.",
            },
        };
    }

    public static Card Bike(DateTimeOffset asOf, string version)
    {
        var card = Flights(asOf, version);
        var bounds = SplitBounds.Of(SomeSpec.Bike, asOf.AddHours(-1));
        return card with
        {
            Pipeline = "bike",
            Definition = SomeSpec.Bike,
            LearnedThrough = bounds.ValidationEnds,
            Threshold = null,
            Profile = SomeProfile.Bike,
            Features =
            [
                new FeatureColumn("temp", FeatureColumnKind.Number),
                new FeatureColumn("hum", FeatureColumnKind.Number),
                new FeatureColumn("windspeed", FeatureColumnKind.Number),
                new FeatureColumn("weathersit", FeatureColumnKind.Category),
            ],
            Split = new SplitCard
            {
                Bounds = bounds,
                FitRows = 13_236,
                ValidationRows = 672,
                HoldoutRows = 3_469,
                GapRows = 2,
                NullLabels = 0,
                NullLabelsInHoldout = 0,
                Timeline = Days(SomeSpec.Bike.Clock, bounds, 724),
            },
            Scores = new Histogram(
                -20,
                980,
                [
                    .. Enumerable
                        .Range(0, 50)
                        .Select(bin => (long)(420 * Math.Exp(-bin / 11.0) * (1 + 0.2 * Math.Sin(bin)))),
                ]
            ),
            Evaluation = new Evaluation
            {
                Metric = Metric.Rmse,
                LabelMean = 222.6,
                Model = new Measured
                {
                    Metric = new Estimate(62.96, 59.4, 66.61),
                    Metrics = new Dictionary<string, double>
                    {
                        ["rmse"] = 62.96,
                        ["mae"] = 41.2,
                        ["r2"] = 0.9183,
                    },
                },
                Baseline = new Measured
                {
                    Metric = new Estimate(220.4, 214.2, 226.9),
                    Metrics = new Dictionary<string, double>
                    {
                        ["rmse"] = 220.4,
                        ["mae"] = 164.8,
                        ["r2"] = -0.0007,
                    },
                },
                BaselineValue = 181.5,
                GainOverBaseline = new Estimate(157.4, 152.8, 162.1),
                Champion = new ChampionComparison
                {
                    Champion = "train.20120901T000000Z.1",
                    Rows = 1_210,
                    After = asOf.AddDays(-51),
                    ChampionMetric = new Estimate(66.2, 62.2, 70.9),
                    ChallengerMetric = new Estimate(61.4, 57.7, 65.1),
                    Gain = new Estimate(4.8, 2.9, 6.6),
                },
                Intervals = "The intervals are 95 %, from 1,000 resamples of 3,469 cutoffs.",
                Reliability =
                [
                    .. Enumerable
                        .Range(0, 10)
                        .Select(bin => new ReliabilityBin(
                            8 + bin * bin * 7.1,
                            6 + bin * bin * 7.3 + (bin % 3 - 1) * 9,
                            347
                        )),
                ],
                ByWeek =
                [
                    .. Enumerable
                        .Range(0, 21)
                        .Select(week => new PeriodMetric(
                            asOf.AddDays(-145 + 7 * week),
                            168,
                            58 + 8 * Math.Sin(week),
                            219 - week * 2.2,
                            230 - week * 3.0
                        )),
                ],
                Importances =
                [
                    new("hour", 148.2, 3.1),
                    new("workingday", 51.7, 2.2),
                    new("temp", 33.4, 1.2),
                    new("hum", 6.1, 0.5),
                    new("weathersit", 4.9, 0.4),
                    new("windspeed", -0.02, 0.11),
                ],
            },
            Verdict = new Verdict
            {
                Promoted = true,
                Reason =
                    "RMSE 62.96 beats the baseline by 157.4 (at least 152.8 with 95 % confidence), and on "
                    + "1,210 rows that both have not learned the champion's 66.2.",
            },
        };
    }

    /// <summary>A fit that answers in place of the measured one.</summary>
    public static ServedFit Served { get; } =
        new()
        {
            Rows = 302_042,
            MeasuredThrough = new DateTimeOffset(2013, 9, 28, 4, 0, 0, TimeSpan.Zero),
            Figures =
            [
                new("AUC", Unit.Number, 0.701, 0.744, Least: 0.672),
                new("share of positives", Unit.Share, 0.281, 0.243, 0.069, 0.35),
            ],
        };

    public static Card Irises(DateTimeOffset asOf, string version)
    {
        var card = Flights(asOf, version);
        return card with
        {
            Pipeline = "irises",
            Definition = SomeSpec.Irises,
            LearnedThrough = null,
            Split = card.Split with
            {
                Bounds = null,
                GapRows = 0,
                Timeline = [],
                FitRows = 105,
                ValidationRows = 22,
                HoldoutRows = 23,
                NullLabels = 0,
                NullLabelsInHoldout = 0,
            },
            Evaluation = card.Evaluation with
            {
                ByWeek = [],
                Model = card.Evaluation.Model with { Metric = new Estimate(0.982, null, null) },
                GainOverBaseline = new Estimate(0.482, null, null),
                Champion = null,
                NoChampionBecause = "the champion learned other features.",
                Intervals =
                    "There is no interval: the holdout has 8 rows of the rarer class, fewer than 20. The "
                    + "points decide.",
            },
        };
    }

    private static Evaluation Binary() =>
        new()
        {
            Metric = Metric.Auc,
            LabelMean = 0.138,
            Model = new Measured
            {
                Metric = new Estimate(0.701, 0.672, 0.729),
                Metrics = new Dictionary<string, double>
                {
                    ["auc"] = 0.7010,
                    ["pr_auc"] = 0.2874,
                    ["log_loss"] = 0.3748,
                    ["brier"] = 0.1128,
                    ["accuracy"] = 0.7311,
                    ["precision"] = 0.2713,
                    ["recall"] = 0.5522,
                    ["ece"] = 0.0121,
                },
            },
            Baseline = new Measured
            {
                Metric = new Estimate(0.5, 0.5, 0.5),
                Metrics = new Dictionary<string, double>
                {
                    ["auc"] = 0.5,
                    ["pr_auc"] = 0.138,
                    ["log_loss"] = 0.4061,
                    ["brier"] = 0.1201,
                    ["accuracy"] = 0.862,
                    ["ece"] = 0.0349,
                },
            },
            BaselineValue = 0.1729,
            GainOverBaseline = new Estimate(0.201, 0.172, 0.229),
            Champion = new ChampionComparison
            {
                Champion = "train.20131223T050000Z.1",
                Rows = 80_029,
                After = new DateTimeOffset(2013, 9, 30, 4, 0, 0, TimeSpan.Zero),
                ChampionMetric = new Estimate(0.698, 0.67, 0.727),
                ChallengerMetric = new Estimate(0.701, 0.672, 0.729),
                Gain = new Estimate(0.0031, -0.0009, 0.0072),
            },
            Intervals =
                "The intervals are 95 %, from 1,000 resamples of 89 whole cutoffs, the same for model, "
                + "champion and baseline.",
            Roc = Curve((positive, negative) => new Point(negative, positive)),
            PrecisionRecall = Curve(
                (positive, negative) => new Point(positive, 0.138 * positive / (0.138 * positive + 0.862 * negative))
            ),
            Reliability =
            [
                .. Enumerable
                    .Range(1, 20)
                    .Select(bin => new ReliabilityBin(
                        0.02 + 0.0011 * bin * bin,
                        0.017 + 0.00108 * bin * bin + 0.004 * (bin % 3 - 1),
                        4_001
                    )),
            ],
            ByWeek =
            [
                .. Enumerable
                    .Range(0, 13)
                    .Select(week => new PeriodMetric(
                        new DateTimeOffset(2013, 10, 1, 4, 0, 0, TimeSpan.Zero).AddDays(7 * week),
                        6_100 + 37 * week,
                        week == 8 ? null : 0.69 + 0.035 * Math.Sin(week * 1.3),
                        0.5,
                        0.12 + 0.01 * week
                    )),
            ],
            Importances =
            [
                new("departs_minute_of_day", 0.0612, 0.0021),
                new("carrier_late_7d", 0.0231, 0.0016),
                new("origin_late_1d", 0.0189, 0.0019),
                new("dest", 0.0144, 0.0009),
                new("carrier", 0.0112, 0.0008),
                new("wind_speed", 0.0094, 0.0012),
                new("precip", 0.0087, 0.0008),
                new("temp", 0.0061, 0.001),
                new("route", 0.0049, 0.0005),
                new("carrier_late_28d", 0.0041, 0.0006),
                new("tailnum", 0.0032, 0.0007),
                new("departs_day_of_week", 0.0028, 0.0004),
                new("distance", 0.0019, 0.0003),
                new("origin", 0.0011, 0.0003),
                new("plane_age", 0.0004, 0.0002),
                new("seats", 0.0002, 0.0002),
                new("departs_minute_of_day_sin", 0, 0),
                new("departs_minute_of_day_cos", -0.0001, 0.0001),
            ],
        };

    /// <summary>A curve of two populations, 1 standard deviation wide and 0.74 apart.</summary>
    private static IReadOnlyList<Point> Curve(Func<double, double, Point> point) =>
        [
            .. Enumerable
                .Range(0, 121)
                .Select(step => 4.5 - step * 0.07)
                .Select(cut => point(1 / (1 + Math.Exp(1.702 * (cut - 0.74))), 1 / (1 + Math.Exp(1.702 * cut)))),
        ];

    private static IReadOnlyList<PeriodRows> Days(Clock clock, SplitBounds bounds, int days) =>
        [
            .. Enumerable
                .Range(0, days)
                .Select(day => clock.Subtract(clock.Floor(bounds.HoldoutEnds), Span.Days(day)))
                .Reverse()
                .Select(
                    (at, day) => new PeriodRows(at, bounds.PartOf(at), 930 - (day % 7 == 5 ? 210 : 0) + day % 11 * 6)
                ),
        ];
}
