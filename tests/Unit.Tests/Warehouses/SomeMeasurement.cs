using System.Globalization;
using System.Text;
using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <summary>Labels that change while runs come: a run as of a day reads those of the three days up to it.</summary>
internal static class SomeMeasurement
{
    public const int Runs = 10;

    public static readonly PredictionsTable Predictions = new(
        "flights_predictions",
        "flights",
        ModelTask.Binary,
        Flight
    );

    public static readonly ActualsTable Table = new(
        Predictions,
        new Column("late", ColumnType.Boolean, true),
        cutoff: "day"
    );

    /// <summary>The run as of a day, with all rows that its query would return.</summary>
    public static MeasureRequest Request(int asOf, string? part = null) =>
        new()
        {
            Table = Table,
            Run = new MeasuredRun
            {
                Run = string.Create(CultureInfo.InvariantCulture, $"measure.{asOf:00}"),
                AsOf = Monday.AddDays(asOf),
                Window = new Window(Monday.AddDays(asOf - 3), Monday.AddDays(asOf)),
                DefinitionHash = "d1",
                SqlSha256 = "s1",
                Folder = "store/flights/runs/measure",
                MeasuredAt = Monday.AddDays(asOf).AddHours(1),
                Measured = 4,
                Replayed = 1,
                Unlabelled = 1,
                Unpublished = 2,
                Hindsight = 0,
            },
            Metrics =
            [
                new LiveMetric(new Window(Monday.AddDays(asOf - 3), Monday.AddDays(asOf)), "auc")
                {
                    Value = 0.7,
                    Rows = 4,
                    Promised = 0.75,
                    Intervals = "No intervals: only 3 days, and fewer than 20 say too little about chance.",
                },
            ],
            Columns =
            [
                new("day", ColumnType.TimestampTz, false),
                new("flight_id", ColumnType.BigInt, false),
                new("miles", ColumnType.Double, true),
                new("late", ColumnType.Boolean, true),
            ],
            Parts = new[]
            {
                new PredictionPart(
                    new MemoryStream(Encoding.UTF8.GetBytes(part ?? Part(RowsAsOf(asOf)))),
                    "part-0.csv"
                ),
            }.ToAsyncEnumerable(),
        };

    public static string Part(IEnumerable<(int Day, int Flight, bool? Late)> rows) =>
        string.Concat(
            rows.Select(row =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Monday.AddDays(row.Day):yyyy-MM-dd HH:mm:ss}+00,{row.Flight},1.5,{Text(row.Late)}\n"
                    )
                )
                .Prepend("day,flight_id,miles,late\n")
        );

    /// <summary>Labels come late, are corrected, and rows go and come back.</summary>
    public static IEnumerable<(int Day, int Flight, bool? Late)> RowsAsOf(int asOf) =>
        from day in Enumerable.Range(asOf - 2, 3)
        from flight in Enumerable.Range(1, 5)
        let hash = ((day + 10) * 31) + (flight * 7) + (asOf * flight)
        where hash % 5 != 0
        select (day, flight, hash % 3 == 0 ? (bool?)null : hash % 2 == 0);

    /// <summary>What stands when all runs have come: of each day the last that has read it.</summary>
    public static string[] Expected =>
        [
            .. from day in Enumerable.Range(-1, Runs + 2)
            from row in RowsAsOf(Math.Min(day + 2, Runs))
            where row.Day == day
            select $"{Monday.AddDays(day).UtcDateTime:yyyy-MM-dd} 00:00:00+00|{row.Flight}|{Text(row.Late)}",
        ];

    private static string Text(bool? late) =>
        late switch
        {
            null => "",
            true => "t",
            false => "f",
        };
}
