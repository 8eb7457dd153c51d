using Trainyard.Pipelines;

namespace Trainyard.Tests.Report;

/// <summary>Definitions and operations as flights and bike write them.</summary>
internal static class SomeSpec
{
    public static Definition Flights { get; } =
        new()
        {
            Clock = new Clock { Zone = "America/New_York" },
            Rows = new RowsSpec
            {
                Sql = new SqlFiles("rows.sql", "rows.sql"),
                Key = ["flight_id"],
                Cutoff = "day_start",
                History = Span.Days(330),
            },
            Label = new LabelSpec { Column = "late", KnownAfter = Span.Days(2) },
            Features = new FeaturesSpec
            {
                Numbers =
                [
                    "distance",
                    "seats",
                    "temp",
                    "wind_speed",
                    "precip",
                    "origin_late_1d",
                    "carrier_late_7d",
                    "carrier_late_28d",
                ],
                Categories =
                [
                    new CategorySpec { Column = "carrier" },
                    new CategorySpec { Column = "origin" },
                    new CategorySpec { Column = "dest" },
                    new CategorySpec { Column = "tailnum", Keep = 500 },
                ],
                Derived = new Dictionary<string, DerivedSpec>
                {
                    ["departs"] = new()
                    {
                        Calendar = "sched_departure",
                        Parts = [CalendarPart.MinuteOfDay, CalendarPart.DayOfWeek],
                        Cyclic = true,
                    },
                    ["plane_age"] = new() { Expression = "flight_year - plane_year" },
                    ["route"] = new() { Cross = ["origin", "dest"], Keep = 300 },
                },
                Assembly = "features/bin/Flights.Features.dll",
            },
            Model = new ModelSpec
            {
                Task = ModelTask.Binary,
                Split = new SplitSpec
                {
                    By = SplitBy.Time,
                    Validation = new SplitSize(Span.Days(28), default),
                    Holdout = new SplitSize(Span.Days(89), default),
                },
                Calibrate = Calibration.Isotonic,
                Threshold = new ThresholdSpec
                {
                    Cost = new CostSpec { FalseAlarm = 1, Miss = 4 },
                },
            },
            Metric = Metric.Auc,
        };

    public static Definition Bike { get; } =
        new()
        {
            Clock = new Clock { Zone = "UTC", Every = Every.Hour },
            Rows = new RowsSpec
            {
                Sql = new SqlFiles("rows.sql", "rows.sql"),
                Key = ["station"],
                Cutoff = "hour_start",
                History = Span.Days(730),
            },
            Label = new LabelSpec { Column = "cnt", KnownAfter = new Span(1, SpanUnit.Hour) },
            Features = new FeaturesSpec
            {
                Numbers = ["temp", "hum", "windspeed"],
                Categories = [new CategorySpec { Column = "weathersit" }],
            },
            Model = new ModelSpec
            {
                Task = ModelTask.Regression,
                Split = new SplitSpec { Holdout = new SplitSize(new Span(3470, SpanUnit.Hour), default) },
            },
            Metric = Metric.Rmse,
        };

    /// <summary>A table without time, split by a hash of the key.</summary>
    public static Definition Irises { get; } =
        Flights with
        {
            Clock = new Clock(),
            Rows = new RowsSpec { Sql = new SqlFiles("train.sql", "score.sql"), Key = ["plant"] },
            Label = new LabelSpec { Column = "setosa" },
            Model = new ModelSpec
            {
                Task = ModelTask.Binary,
                Split = new SplitSpec { By = SplitBy.Key },
            },
        };

    public static Operations Operations { get; } =
        new()
        {
            About = "Will a flight that leaves New York today arrive 30 minutes late or more?",
            Schedule = new ScheduleSpec
            {
                Train = "0 6 * * SUN",
                Score = "0 1 * * *",
                ExpectedBy = "02:00",
            },
            Inputs = new InputsSpec(),
            Predictions = new PredictionsSpec { Table = "flights_predictions" },
            Gate = new GateSpec
            {
                BetterThanBaselineBy = 0.05,
                WorseByAtMost = 0.005,
                SuspiciousBeyond = 0.75,
                Resample = Resample.Cutoff,
            },
            Retention = new RetentionSpec(),
            Shards = 1,
        };

    public const string Sql = """
        -- One row a flight. Everything is known at 00:00 New York time of the flight's date.
        select f.flight_id, f.day_start, f.sched_departure, f.carrier, f.origin, f.dest, f.tailnum, f.distance
             , p.seats, w.temp, f.arr_delay >= 30 as late
          from trains.flights f
          left join planes p using (tailnum)
         where f.day_start > {{ from }} and f.day_start <= {{ to }}
           and f.distance < 10000 and 'a' <> 'b'

        """;
}
