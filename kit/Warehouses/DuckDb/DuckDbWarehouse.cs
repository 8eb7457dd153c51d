using Trainyard.Pipelines;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>A DuckDB file. It is opened when it is first needed: to read with others, to publish alone.</summary>
internal sealed class DuckDbWarehouse : SqlWarehouse, IWarehouse
{
    private readonly string _file;
    private DuckDbSession? _reading;

    public DuckDbWarehouse(string file)
    {
        _file = Path.GetFullPath(file);
        Uri = $"duckdb:{file}";
    }

    public override string Uri { get; }

    public async Task<IReadOnlyList<Column>> DescribeAsync(string sql, string file, CancellationToken cancel)
    {
        var query = new Query(sql, file);
        var session = await ReadingAsync(cancel);
        var described = await session.RunAsync(
            query.File,
            () =>
            {
                // As it will be run: what is no single SELECT fails here. But only the query itself keeps the names
                // of columns that are there twice.
                session.Read($"DESCRIBE SELECT * FROM ({Trimmed(query)}\n) AS rows", _ => 0);
                return session.Read(
                    $"DESCRIBE {Trimmed(query)}",
                    row => (Name: row.GetString(0), Type: row.GetString(1))
                );
            },
            cancel
        );

        if (
            described
                .GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
                .FirstOrDefault(group => group.Count() > 1) is
            { } twice
        )
        {
            throw Fault.BadConfiguration(
                $"{query.File}: the column '{twice.Key}' is there {twice.Count()} times. Rename one of them "
                    + "with AS. Nothing was changed."
            );
        }

        var refused = described
            .Where(column => DuckDbTypes.Parse(column.Type) is null)
            .Select(column =>
                $"'{column.Name}' is a {column.Type}: select {DuckDbTypes.Mend(column.Name, column.Type)} instead"
            )
            .ToList();
        return refused.Count == 0
            ?
            [
                .. described.Select(column => new Column(
                    column.Name,
                    DuckDbTypes.Parse(column.Type)!.Value,
                    Nullable: true
                )),
            ]
            : throw Fault.BadConfiguration(
                $"{query.File}: a dataset cannot carry every column. {string.Join("; ", refused)}. Nothing was changed."
            );
    }

    public async Task<RowStream> OpenRowsAsync(RowsRequest request, CancellationToken cancel)
    {
        var session = await ReadingAsync(cancel);
        return await session.RunAsync(
            request.Query.File,
            () =>
                DuckDbRowStream.Open(
                    session.Connection.NativeConnection,
                    Statement(request),
                    request.Columns,
                    request.Query.File,
                    cancel
                ),
            cancel
        );
    }

    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        // The file is written by one connection at a time, this process's own included.
        await CloseAsync();
        using var session = await DuckDbSession.OpenAsync(_file, Uri, readOnly: false, cancel);
        return await new DuckDbPublisher(session, Uri).PublishAsync(request, cancel);
    }

    public async Task<MeasureOutcome> MeasureAsync(MeasureRequest request, CancellationToken cancel)
    {
        await CloseAsync();
        using var session = await DuckDbSession.OpenAsync(_file, Uri, readOnly: false, cancel);
        return await new Measurement(new DuckDbPublisher(session, Uri), session, Uri).RunAsync(request, cancel);
    }

    public async Task<TextTable> QueryAsync(Query query, CancellationToken cancel)
    {
        var session = await ReadingAsync(cancel);
        return await session.RunAsync(
            query.File,
            () =>
            {
                var types = session.Read(
                    $"DESCRIBE {Trimmed(query)}",
                    row => (Name: row.GetString(0), Type: DuckDbTypes.Parse(row.GetString(1)) ?? ColumnType.Text)
                );
                var wanted = types.Select(column => new Column(column.Name, column.Type, Nullable: true)).ToList();
                using var rows = DuckDbRowStream.Open(
                    session.Connection.NativeConnection,
                    Select(wanted, $"({Trimmed(query)}\n)"),
                    wanted,
                    query.File,
                    cancel
                );
                var read = new List<IReadOnlyList<string>>();
                while (rows.Read())
                {
                    read.Add([.. wanted.Select((_, i) => Unquote(rows.Field(i)))]);
                }

                return new TextTable([.. wanted.Select(column => column.Name)], read);
            },
            cancel
        );
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>The query is on the statement's first line, so that DuckDB counts its lines as the file does.</summary>
    private static string Statement(RowsRequest request)
    {
        var columns = request.Columns.ToDictionary(column => column.Name);
        var order = request.OrderBy.Select(name => DuckDbTypes.Order(columns[name], $"rows.{Identifier.Quote(name)}"));
        var key = request.OrderBy.Select(name => $"CAST(rows.{Identifier.Quote(name)} AS VARCHAR)");
        var source = request.Sample is { } sample
            ? $"(SELECT * FROM ({Trimmed(request.Query)}\n) AS rows ORDER BY md5(concat_ws('|', "
                + $"{string.Join(", ", key)})) LIMIT {sample})"
            : $"({Trimmed(request.Query)}\n)";
        return $"{Select(request.Columns, source)} ORDER BY {string.Join(", ", order)}";
    }

    private static string Select(IReadOnlyList<Column> columns, string source)
    {
        var cast = columns.Select(column =>
        {
            var name = Identifier.Quote(column.Name);
            return $"{DuckDbTypes.Cast(column, $"rows.{name}")} AS {name}";
        });
        return $"SELECT {string.Join(", ", cast)} FROM {source} AS rows";
    }

    private static string Trimmed(Query query) => query.Sql.TrimEnd().TrimEnd(';');

    protected override async Task<T> ReadAsync<T>(Func<IStatements, T> read, CancellationToken cancel)
    {
        var reading = await ReadingAsync(cancel);
        return await reading.RunAsync(SchemaName, () => read(reading), cancel);
    }

    protected override async Task<T> WriteAsync<T>(
        Func<IStatements, T> write,
        bool changesSchema,
        CancellationToken cancel
    )
    {
        await CloseAsync();
        using var session = await DuckDbSession.OpenAsync(_file, Uri, readOnly: false, cancel);
        using var transaction = session.Connection.BeginTransaction();
        return await session.RunAsync(
            SchemaName,
            () =>
            {
                var written = write(session);
                transaction.Commit();
                return written;
            },
            cancel
        );
    }

    private async Task<DuckDbSession> ReadingAsync(CancellationToken cancel) =>
        _reading ??= await DuckDbSession.OpenAsync(_file, Uri, readOnly: true, cancel);

    private Task CloseAsync() =>
        Task.Run(() =>
        {
            _reading?.Dispose();
            _reading = null;
        });
}
