using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>What a pipeline has published for the rows of a window, in the order of cutoffs and keys, and of those of
/// one row in the order of publishing. Predictions of a model that was named by hand are left out: they never
/// served.</summary>
public sealed class PublishedAnswers : OrderedRows<PublishedAnswer>
{
    private readonly PredictionsTable _table;
    private readonly RowStream? _rows;
    private readonly IReadOnlyList<Column> _columns;

    private PublishedAnswers(PredictionsTable table, RowStream? rows, IReadOnlyList<Column> columns)
        : base([ColumnType.TimestampTz, .. table.Key.Select(column => column.Type)]) =>
        (_table, _rows, _columns) = (table, rows, columns);

    protected override string Source => _table.Title;

    /// <summary>The place of the first column after cutoff and key.</summary>
    private int Own => 1 + _table.Key.Count;

    /// <summary>Opens them; none where nothing was ever published. Reading blocks: use it on a pool thread.</summary>
    public static async Task<PublishedAnswers> OpenAsync(
        IWarehouse warehouse,
        PredictionsTable table,
        Window window,
        CancellationToken cancel
    )
    {
        if (!await warehouse.HasTableAsync(table.Name, cancel))
        {
            return new PublishedAnswers(table, null, []);
        }

        var (published, run, named) = (table.NameOfNone(1), table.NameOfNone(2), table.NameOfNone(3));
        var beside = await BesideAsync(warehouse, table, cancel);
        IReadOnlyList<Column> columns =
        [
            new("cutoff", ColumnType.TimestampTz, false),
            .. table.Key,
            new("predicted_at", ColumnType.TimestampTz, false),
            new("model", ColumnType.Text, false),
            new("hindsight", ColumnType.Boolean, false),
            .. table.TaskColumns,
            new(published, ColumnType.TimestampTz, false),
            new(run, ColumnType.Text, false),
            new(named, ColumnType.Text, true),
        ];
        var described = await warehouse.DescribeAsync($"SELECT * FROM {table.QualifiedName}", table.Title, cancel);
        var standing = described.Select(column => column.Name).ToHashSet();
        var own = columns.SkipLast(3).Select(column => Selected(table.ColumnOf(column.Name), standing));
        var sql = $"""
            SELECT {string.Join(", ", own)}, runs.published_at AS {Identifier.Quote(published)},
                predictions.run AS {Identifier.Quote(run)}, {beside} AS {Identifier.Quote(named)}
            FROM {table.QualifiedName} AS predictions
            JOIN {PredictionsTable.Schema}.runs AS runs
                ON runs.pipeline = predictions.pipeline AND runs.run = predictions.run
            WHERE NOT runs.model_override AND predictions.cutoff > {Identifier.Literal(window.From)}
                AND predictions.cutoff <= {Identifier.Literal(window.To)}
            """;
        var rows = await warehouse.OpenRowsAsync(
            new RowsRequest
            {
                Query = new Query(sql, table.Title),
                Columns = columns,
                OrderBy = ["cutoff", .. table.Key.Select(column => column.Name), published, run],
            },
            cancel
        );
        return new PublishedAnswers(table, rows, columns);
    }

    public override ValueTask DisposeAsync()
    {
        _rows?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask<bool> ReadAsync(CancellationToken cancel) =>
        ValueTask.FromResult(_rows?.Read() == true);

    protected override ReadOnlySpan<byte> Field(int place) => _rows!.Field(place);

    protected override PublishedAnswer Take() =>
        new(
            Instant(_rows!.Field(Own)),
            Text(Own + 1),
            _rows.Field(Own + 2) is [(byte)'t', ..],
            [.. Enumerable.Range(Own + 3, _columns.Count - Own - 6).Select(Text)],
            NamedNumbers.Read(Text(_columns.Count - 1))
        );

    /// <summary>What stands beside a prediction, as one text.</summary>
    private static async Task<string> BesideAsync(
        IWarehouse warehouse,
        PredictionsTable table,
        CancellationToken cancel
    )
    {
        if (
            table.Task.SideTables is not [var side, ..]
            || !await warehouse.HasTableAsync($"{table.Name}_{side.Suffix}", cancel)
        )
        {
            return "CAST(NULL AS text)";
        }

        var same = table
            .Key.Select(column => Identifier.Quote(column.Name))
            .Append("pipeline")
            .Append("run")
            .Append("cutoff");
        return $"""
            (SELECT {NamedNumbers.Packed(side.Columns[0].Name, side.Columns[1].Name)}
            FROM {PredictionsTable.Schema}.{Identifier.Quote($"{table.Name}_{side.Suffix}")} AS side
            WHERE {string.Join(" AND ", same.Select(name => $"side.{name} = predictions.{name}"))})
            """;
    }

    private string Text(int column) => SqlWarehouse.Unquote(_rows!.Field(column));

    private DateTimeOffset Instant(ReadOnlySpan<byte> field) =>
        field.EndsWith("+00"u8) && CopyForm.TryTimestamp(field[..^3], out var time)
            ? new DateTimeOffset(time, TimeSpan.Zero)
            : throw Fault.BadData(
                $"{Source}: predicted_at holds '{Encoding.UTF8.GetString(field)}', which is no instant. Nothing was "
                    + "changed."
            );

    /// <summary>Tables of earlier versions may lack an answer, or have it under its former name alone.</summary>
    private static string Selected(TableColumn column, HashSet<string> standing)
    {
        var quoted = Identifier.Quote(column.Name);
        string[] names =
        [
            .. new[] { column.Name, column.FormerName }
                .OfType<string>()
                .Where(standing.Contains)
                .Select(name => $"predictions.{Identifier.Quote(name)}"),
        ];
        return names switch
        {
            [] => $"CAST(NULL AS {column.Type.SqlName()}) AS {quoted}",
            [var only] => $"{only} AS {quoted}",
            _ => $"coalesce({string.Join(", ", names)}) AS {quoted}",
        };
    }
}
