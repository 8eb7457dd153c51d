using System.Globalization;
using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>A PostgreSQL database. One connection reads, opened when it is first needed; another publishes.</summary>
internal sealed class PostgresWarehouse(string text, WarehouseOptions options) : SqlWarehouse, IWarehouse
{
    private readonly PostgresAddress _address = PostgresAddress.Parse(
        text,
        options.Environment,
        options.ApplicationName
    );
    private PostgresSession? _reading;

    public override string Uri => _address.Uri;

    public async Task<IReadOnlyList<Column>> DescribeAsync(string sql, string file, CancellationToken cancel)
    {
        var query = Trimmed(new Query(sql, file));
        var session = await ReadingAsync(cancel);
        using var transaction = await BeginAsync(session, cancel);
        var described = await DescribeAsync(session, query, cancel);
        if (described.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Fault.BadConfiguration(
                $"{file}: the column '{twice.Key}' is there {twice.Count()} times. Rename one of them with AS. "
                    + "Nothing was changed."
            );
        }

        await DemandRightsAsync(session, query, cancel);
        var types = await TypesAsync(session, described, cancel);
        var refused = described
            .Where(column => types[column.Type].Column is null)
            .Select(column =>
                $"'{column.Name}' is a {types[column.Type].Name}: select {types[column.Type].Mend(column.Name)} instead"
            )
            .ToList();
        return refused.Count == 0
            ? [.. described.Select(column => new Column(column.Name, types[column.Type].Column!.Value, Nullable: true))]
            : throw Fault.BadConfiguration(
                $"{file}: a dataset cannot carry every column. {string.Join("; ", refused)}. Nothing was changed."
            );
    }

    public async Task<RowStream> OpenRowsAsync(RowsRequest request, CancellationToken cancel)
    {
        var query = Trimmed(request.Query);
        var session = await ReadingAsync(cancel);
        var transaction = await BeginAsync(session, cancel);
        try
        {
            var select = Select(request, query);
            await new PlanAdvice(session, options.Warn).GiveAsync(query, select, cancel);
            return await PostgresRowStream.OpenAsync(session, transaction, request.Columns, query, select, cancel);
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        await using var session = await PostgresSession.OpenAsync(_address, cancel);
        return await new PostgresPublisher(session, Uri).PublishAsync(request, cancel);
    }

    public async Task<MeasureOutcome> MeasureAsync(MeasureRequest request, CancellationToken cancel)
    {
        await using var session = await PostgresSession.OpenAsync(_address, cancel);
        return await new Measurement(new PostgresPublisher(session, Uri), session, Uri).RunAsync(request, cancel);
    }

    public async Task<TextTable> QueryAsync(Query query, CancellationToken cancel)
    {
        query = Trimmed(query);
        var session = await ReadingAsync(cancel);
        using var transaction = await BeginAsync(session, cancel);
        var columns = await DescribeAsync(session, query, cancel);
        var wanted = columns.Select(column => new Column(column.Name, ColumnType.Text, Nullable: true)).ToList();
        using var rows = await PostgresRowStream.OpenAsync(session, transaction, wanted, query, Wrapped(query), cancel);
        return await Task.Run(
            () =>
            {
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

    public async ValueTask DisposeAsync()
    {
        if (_reading is not null)
        {
            await _reading.DisposeAsync();
            _reading = null;
        }
    }

    private static Task<IReadOnlyList<(string Name, uint Type)>> DescribeAsync(
        PostgresSession session,
        Query query,
        CancellationToken cancel
    )
    {
        var statement = Wrapped(query);
        return session.RunAsync(
            () => session.Describe(statement),
            error => PostgresErrors.OfQuery(error, query, statement),
            cancel
        );
    }

    /// <summary>To describe a query takes no right to read its tables; to plan it does.</summary>
    private static Task<IReadOnlyList<string?>?> DemandRightsAsync(
        PostgresSession session,
        Query query,
        CancellationToken cancel
    )
    {
        var explain = $"EXPLAIN {Wrapped(query)}";
        return session.RunAsync(
            () => session.First(explain),
            error => PostgresErrors.OfQuery(error, query, explain),
            cancel
        );
    }

    private static async Task<Dictionary<uint, PostgresType>> TypesAsync(
        PostgresSession session,
        IReadOnlyList<(string Name, uint Type)> columns,
        CancellationToken cancel
    )
    {
        if (columns.Count == 0)
        {
            return [];
        }

        var rows = await session.RunAsync(
            () => session.Rows(PostgresType.Query(columns.Select(column => column.Type))),
            error => PostgresErrors.Of(error, "pg_type"),
            cancel
        );
        return rows.ToDictionary(row => Number(row[0]), row => new PostgresType(row[1]!, Number(row[2]), row[3]![0]));

        static uint Number(string? text) => uint.Parse(text!, CultureInfo.InvariantCulture);
    }

    /// <summary>Text is ordered by its bytes: that is fast, and the same in every database whatever its language, and
    /// whatever else a collation or a type takes for equal. concat writes a value as COPY does; a cast would cut the
    /// blanks of a char(n).</summary>
    private static string Select(RowsRequest request, Query query)
    {
        var names = request.Columns.ToDictionary(column => column.Name, column => column.Type);
        var order = string.Join(
            ", ",
            request.OrderBy.Select(name =>
                names[name] == ColumnType.Text
                    ? $"concat(rows.{Identifier.Quote(name)}) COLLATE \"C\""
                    : $"rows.{Identifier.Quote(name)}"
            )
        );
        var key = string.Join(", ", request.OrderBy.Select(name => $"CAST(rows.{Identifier.Quote(name)} AS text)"));
        var source = request.Sample is { } sample
            ? $"(SELECT * FROM ({query.Sql}\n) AS rows ORDER BY md5(concat_ws('|', {key})) COLLATE \"C\" LIMIT "
                + $"{sample})"
            : $"({query.Sql}\n)";
        return "SELECT "
            + $"{string.Join(", ", request.Columns.Select(column => $"rows.{Identifier.Quote(column.Name)}"))} FROM "
            + $"{source} AS rows ORDER BY {order}";
    }

    /// <summary>What is no single SELECT fails here.</summary>
    private static string Wrapped(Query query) => $"SELECT * FROM ({query.Sql}\n) AS rows";

    private static Query Trimmed(Query query) => query with { Sql = query.Sql.TrimEnd().TrimEnd(';') };

    protected override async Task<T> ReadAsync<T>(Func<IStatements, T> read, CancellationToken cancel)
    {
        var reading = await ReadingAsync(cancel);
        using var transaction = await BeginAsync(reading, cancel);
        return await reading.RunAsync(() => read(reading), error => PostgresErrors.Of(error, SchemaName), cancel);
    }

    protected override async Task<T> WriteAsync<T>(
        Func<IStatements, T> write,
        bool changesSchema,
        CancellationToken cancel
    )
    {
        await using var session = await PostgresSession.OpenAsync(_address, cancel);
        using var transaction = await session.BeginAsync(readOnly: false, statementTimeout: null, cancel);
        return await session.RunAsync(
            () =>
            {
                if (changesSchema)
                {
                    AdvisoryLock.Take(session, AdvisoryLock.OfSchema);
                }

                var written = write(session);
                transaction.Commit();
                return written;
            },
            error => PostgresErrors.Of(error, SchemaName),
            cancel
        );
    }

    private Task<NpgsqlTransaction> BeginAsync(PostgresSession session, CancellationToken cancel) =>
        session.BeginAsync(readOnly: true, options.StatementTimeout, cancel);

    private async Task<PostgresSession> ReadingAsync(CancellationToken cancel) =>
        _reading ??= await PostgresSession.OpenAsync(_address, cancel);
}
