using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Report;

internal static class SomeProfile
{
    public static IReadOnlyList<FeatureColumn> FlightsFeatures { get; } =
    [
        new("carrier", FeatureColumnKind.Category),
        new("origin", FeatureColumnKind.Category),
        new("tailnum", FeatureColumnKind.Category),
        new("distance", FeatureColumnKind.Number),
        new("seats", FeatureColumnKind.Number),
        new("temp", FeatureColumnKind.Number),
        new("precip", FeatureColumnKind.Number),
    ];

    public static IReadOnlyList<ColumnProfile> Bike { get; } =
    [
        Levels("station", 17_377, 0, 1, ("capital", 17_377)),
        Numbers("hour_start", ColumnType.TimestampTz, 17_377, 0, 17_377, 1_293_840_000, 1_356_994_800),
        Numbers("temp", ColumnType.Double, 17_377, 0, 50, 0.02, 1),
        Numbers("hum", ColumnType.Double, 17_377, 0, 89, 0, 1),
        Numbers("windspeed", ColumnType.Double, 17_377, 0, 30, 0, 0.8507),
        Levels("weathersit", 17_377, 0, 4, ("1", 11_411), ("2", 4_544), ("3", 1_419), ("4", 3)),
        Numbers("cnt", ColumnType.Integer, 17_377, 0, 869, 1, 977),
    ];

    public static IReadOnlyList<ColumnProfile> Flights(long rows) =>
        [
            Numbers("flight_id", ColumnType.Integer, rows, 0, 10_001, 24_812, 334_190) with
            {
                DistinctIsExact = false,
            },
            Numbers("day_start", ColumnType.TimestampTz, rows, 0, 330, 1_359_608_400, 1_388_206_800),
            Levels(
                "carrier",
                rows,
                0,
                16,
                ("UA", rows / 6),
                ("B6", rows / 6 - 2000),
                ("EV", rows / 7),
                ("DL", rows / 7 - 300),
                ("AA", rows / 10)
            ),
            Levels("origin", rows, 0, 3, ("EWR", rows / 3 + 5_000), ("JFK", rows / 3), ("LGA", rows / 3 - 5_000)),
            Levels("tailnum", rows, 2_512, 4_037, ("N725MQ", 533), ("N722MQ", 486), ("N723MQ", 475), ("N711MQ", 462)),
            Numbers("distance", ColumnType.Real, rows, 0, 214, 17, 4_983),
            Numbers("seats", ColumnType.Integer, rows, 47_214, 48, 2, 450),
            Numbers("temp", ColumnType.Double, rows, 1_432, 171, 10.94, 100.04),
            Numbers("precip", ColumnType.Double, rows, 1_432, 55, 0, 1.21) with
            {
                Quantiles = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.02, 0.11, 1.21],
                Mean = 0.0041,
            },
            Levels("late", rows, 7_214, 2, ("f", rows * 5 / 6), ("t", rows / 6 - 8_000)),
        ];

    public static ColumnProfile Numbers(
        string name,
        ColumnType type,
        long rows,
        long nulls,
        long distinct,
        double low,
        double high
    ) =>
        new()
        {
            Name = name,
            Type = type,
            Count = rows,
            Nulls = nulls,
            Distinct = distinct,
            DistinctIsExact = true,
            Quantiles =
            [
                .. ColumnProfile.QuantileAt.Select(at =>
                    type == ColumnType.Integer ? Math.Round(low + (high - low) * at * at) : low + (high - low) * at * at
                ),
            ],
            Mean = type is ColumnType.TimestampTz ? null : low + (high - low) / 3,
        };

    public static ColumnProfile Levels(
        string name,
        long rows,
        long nulls,
        long distinct,
        params (string Value, long Count)[] top
    ) =>
        new()
        {
            Name = name,
            Type = ColumnType.Text,
            Count = rows,
            Nulls = nulls,
            Distinct = distinct,
            DistinctIsExact = true,
            Top = [.. top.Select(level => new ValueCount(level.Value, level.Count))],
        };
}
