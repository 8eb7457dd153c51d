using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class ColumnChecksTests
{
    private const string Spec = """
        version: 1
        name: x
        clock: {zone: America/New_York}
        rows: {sql: rows.sql, key: [id], cutoff: day}
        label: {column: late, known_after: 2 days}
        features:
          numbers: [distance]
          categories: [carrier]
          derived:
            age: {expression: distance + 1}
            at: {calendar: departs, parts: [month]}
            wait: {elapsed: {from: day, to: departs}}
        model: {task: binary}
        metric: auc
        """;

    private static readonly Column[] Columns =
    [
        new("id", ColumnType.BigInt, true),
        new("day", ColumnType.TimestampTz, true),
        new("late", ColumnType.Boolean, true),
        new("distance", ColumnType.Numeric, true),
        new("carrier", ColumnType.Text, true),
        new("departs", ColumnType.TimestampTz, true),
    ];

    [Fact]
    public void Columns_that_fit_have_no_mistakes() => Assert.Empty(Check(RunKind.Train, Columns));

    [Fact]
    public void A_score_run_needs_no_label() =>
        Assert.Empty(Check(RunKind.Score, [.. Columns.Where(column => column.Name != "late")]));

    [Fact]
    public void A_column_that_is_not_there_is_a_mistake_wherever_it_is_used() =>
        Assert.Equal(
            [
                "pipeline.yaml:7:13: rows.sql returns no column 'distance'. Did you mean 'distances'? It "
                    + "returns id, day, late, distances, carrier, departs.",
                "pipeline.yaml:10:10: rows.sql returns no column 'distance'. Did you mean 'distances'? It "
                    + "returns id, day, late, distances, carrier, departs.",
            ],
            Check(
                RunKind.Train,
                [.. Columns.Select(column => column.Name == "distance" ? column with { Name = "distances" } : column)]
            )
        );

    [Theory]
    [InlineData(
        "id",
        ColumnType.Double,
        "pipeline.yaml:4:29: the key column 'id' is double precision, which identifies nothing for certain; "
            + "cast it to bigint or text in the query."
    )]
    [InlineData(
        "id",
        ColumnType.Numeric,
        "pipeline.yaml:4:29: the key column 'id' is numeric, which identifies nothing for certain; cast it to bigint "
            + "or text in the query."
    )]
    [InlineData(
        "late",
        ColumnType.Text,
        "pipeline.yaml:5:17: the label 'late' is text; it must be boolean, or 0 and 1, or name its positive value in "
            + "label.positive."
    )]
    [InlineData(
        "carrier",
        ColumnType.TimestampTz,
        "pipeline.yaml:8:16: 'carrier' is timestamptz, whose every value is another level; derive a calendar "
            + "feature from it."
    )]
    public void A_type_that_does_not_fit_is_a_mistake(string name, ColumnType type, string message) =>
        Assert.Equal(
            [message],
            Check(
                RunKind.Train,
                [.. Columns.Select(column => column.Name == name ? column with { Type = type } : column)]
            )
        );

    [Theory]
    [InlineData(
        ColumnType.Date,
        "the cutoff 'day' is a date, which is no instant; write day::timestamp AT TIME ZONE 'America/New_York' AS day."
    )]
    [InlineData(
        ColumnType.Timestamp,
        "the cutoff 'day' is a timestamp without a zone, which is no instant; write day AT TIME ZONE "
            + "'America/New_York' AS day."
    )]
    [InlineData(ColumnType.Text, "the cutoff 'day' is text; it must be a timestamptz.")]
    public void A_cutoff_that_is_no_instant_is_mended(ColumnType type, string message) =>
        Assert.Contains(
            "pipeline.yaml:4:42: " + message,
            Check(
                RunKind.Train,
                [.. Columns.Select(column => column.Name == "day" ? column with { Type = type } : column)]
            )
        );

    [Fact]
    public void Text_is_no_number_and_no_time()
    {
        var types = new Dictionary<string, ColumnType>
        {
            ["distance"] = ColumnType.Text,
            ["departs"] = ColumnType.Text,
        };
        Assert.Equal(
            [
                "pipeline.yaml:7:13: 'distance' is text, not a number; make it a category, derive a number "
                    + "from it, or cast it.",
                "pipeline.yaml:10:10: 'age' calculates with 'distance', which is text, not a number.",
                "pipeline.yaml:11:9: 'at' needs a date or time, and 'departs' is text.",
                "pipeline.yaml:12:11: 'wait' needs a date or time, and 'departs' is text.",
            ],
            Check(
                RunKind.Train,
                [
                    .. Columns.Select(column =>
                        types.TryGetValue(column.Name, out var type) ? column with { Type = type } : column
                    ),
                ]
            )
        );
    }

    [Fact]
    public void Time_passes_between_columns_of_one_type() =>
        Assert.Equal(
            [
                "pipeline.yaml:12:11: 'wait' goes from 'day' (timestamptz) to 'departs' (timestamp); cast "
                    + "one, so that both are of one type.",
            ],
            Check(
                RunKind.Train,
                [
                    .. Columns.Select(column =>
                        column.Name == "departs" ? column with { Type = ColumnType.Timestamp } : column
                    ),
                ]
            )
        );

    [Fact]
    public void Two_columns_of_one_name_are_a_mistake() =>
        Assert.Equal(
            ["rows.sql:1:1: the query returns 2 columns 'carrier'; rename or remove all but one."],
            Check(RunKind.Train, [.. Columns, new("carrier", ColumnType.Text, true)])
        );

    [Fact]
    public async Task Every_mistake_of_the_columns_is_in_the_one_fault()
    {
        using var folder = new SpecFolder(Spec);
        var asked = new List<string>();
        var fault = await Assert.ThrowsAsync<Fault>(() =>
            folder
                .Load()
                .CheckColumnsAsync(
                    (sql, _, _) =>
                    {
                        asked.Add(sql);
                        return Task.FromResult<IReadOnlyList<Column>>([
                            .. Columns.Where(column => column.Name is not ("carrier" or "late")),
                        ]);
                    },
                    TestContext.Current.CancellationToken
                )
        );
        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.Equal(
            [
                "SELECT * FROM t WHERE day > TIMESTAMPTZ '1970-01-01 00:00:00+00' AND day <= TIMESTAMPTZ "
                    + "'1970-01-02 00:00:00+00'",
            ],
            asked
        );
        Assert.Equal(
            "pipeline.yaml:5:17: rows.sql returns no column 'late'. It returns id, day, distance, departs.\n"
                + "pipeline.yaml:8:16: rows.sql returns no column 'carrier'. It returns id, day, distance, departs.",
            folder.Short(fault.Message)
        );
    }

    private static string[] Check(RunKind kind, IReadOnlyList<Column> columns)
    {
        using var folder = new SpecFolder(Spec);
        return
        [
            .. folder
                .Load()
                .CheckColumns(RunShape.Of(kind), columns)
                .Select(mistake => folder.Short(mistake.ToString())),
        ];
    }
}
