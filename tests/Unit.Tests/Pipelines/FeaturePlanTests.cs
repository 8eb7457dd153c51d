using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class FeaturePlanTests
{
    private const string Spec = """
        version: 1
        name: x
        rows: {sql: rows.sql, key: [id], cutoff: day}
        label: {column: late, known_after: 2 days}
        features:
          numbers: [distance]
          categories: [zip]
          derived:
            departs: {calendar: at, parts: [day_of_week, year], cyclic: true}
            waits: {elapsed: {from: day, to: at}}
            far: {expression: distance > 1000}
            route: {cross: [zip, distance]}
            bucket: {hash: [zip], buckets: 8}
        model: {task: binary}
        metric: auc
        """;

    private static readonly Column[] Input =
    [
        new("late", ColumnType.Boolean, true),
        new("at", ColumnType.Timestamp, false),
        new("day", ColumnType.TimestampTz, false),
        new("id", ColumnType.Uuid, false),
        new("zip", ColumnType.Integer, true),
        new("distance", ColumnType.Real, false),
        new("unused", ColumnType.Text, true),
    ];

    private static readonly string[] Features =
    [
        "distance real Number",
        "zip integer Category",
        "departs_day_of_week integer Number",
        "departs_day_of_week_sin double precision Number",
        "departs_day_of_week_cos double precision Number",
        "departs_year integer Number",
        "waits double precision Number",
        "far double precision Number",
        "route text Category",
        "bucket text Category",
    ];

    [Fact]
    public void A_train_run_has_key_cutoff_label_and_features_in_order() =>
        Assert.Equal(
            ["id uuid Key", "day timestamptz Cutoff", "late boolean Label", .. Features],
            Plan(Input, RunKind.Train)
        );

    [Fact]
    public void A_score_run_has_no_label() =>
        Assert.Equal(["id uuid Key", "day timestamptz Cutoff", .. Features], Plan(Input[1..], RunKind.Score));

    [Fact]
    public void A_missing_column_is_named()
    {
        var fault = Assert.Throws<Fault>(() =>
            Plan(
                [.. Input.Select(column => column.Name == "distance" ? column with { Name = "distanc" } : column)],
                RunKind.Score
            )
        );
        Assert.Equal(
            (
                ExitCode.BadData,
                "The extract dataset has no column 'distance'. Did you mean 'distanc'? Start a new run."
            ),
            (fault.Code, fault.Message)
        );
    }

    private static IEnumerable<string> Plan(IReadOnlyList<Column> input, RunKind kind)
    {
        using var folder = new SpecFolder(Spec);
        return
        [
            .. FeaturePlan
                .Of(folder.Load().Spec.ToDefinition(), input, RunShape.Of(kind))
                .Select(planned => $"{planned.Column.Name} {planned.Column.Type.SqlName()} {planned.Role}"),
        ];
    }
}
