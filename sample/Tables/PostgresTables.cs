using Npgsql;
using Trainyard.Warehouses;
using Trainyard.Warehouses.Postgres;

namespace Trainyard.Sample.Tables;

/// <summary>A PostgreSQL database, in the schema <c>public</c> unless the connection's options
/// say otherwise.</summary>
internal sealed class PostgresTables : ISampleTables
{
    private readonly PostgresSession _session;
    private readonly string _uri;
    private readonly SampleSchema _schema;

    private PostgresTables(PostgresSession session, string uri, SampleSchema schema) =>
        (_session, _uri, _schema) = (session, uri, schema);

    public static async Task<PostgresTables> OpenAsync(string uri, SampleSchema schema, CancellationToken cancel)
    {
        var options = new WarehouseOptions { ApplicationName = "trainyard sample" };
        var address = PostgresAddress.Parse(uri, options.Environment, options.ApplicationName);
        return new PostgresTables(await PostgresSession.OpenAsync(address, cancel), address.Uri, schema);
    }

    public async Task<IReadOnlyDictionary<string, string>> InfoAsync(CancellationToken cancel)
    {
        using var transaction = await _session.BeginAsync(readOnly: true, statementTimeout: null, cancel);
        return await RunAsync(
            _uri,
            () =>
                _session.First($"SELECT CAST(to_regclass('{_schema.Info}') AS text)")![0] is null
                    ? []
                    : _session
                        .Rows($"SELECT key, value FROM {_schema.Info}")
                        .ToDictionary(row => row[0]!, row => row[1]!),
            cancel
        );
    }

    public async Task<IReadOnlyList<(string Table, long Rows)>> ReplaceAsync(
        CsvFolder folder,
        IReadOnlyDictionary<string, string> info,
        CancellationToken cancel
    )
    {
        using var transaction = await _session.BeginAsync(readOnly: false, statementTimeout: null, cancel);
        await RunAsync(_uri, () => _session.Execute(_schema.Statements), cancel);
        var loaded = new List<(string, long)>();
        foreach (var table in _schema.InLoadOrder)
        {
            folder.Check(
                table,
                await RunAsync(
                    _uri,
                    () => _session.Describe($"SELECT * FROM {table}").Select(column => column.Name).ToList(),
                    cancel
                )
            );
            loaded.Add(
                (
                    table,
                    await RunAsync(
                        $"{folder.FileOf(table)} does not fit the table {table}",
                        () => Load(table, folder, cancel),
                        cancel
                    )
                )
            );
        }

        await RunAsync(
            _uri,
            () =>
            {
                foreach (var (key, value) in info)
                {
                    _session.Execute($"INSERT INTO {_schema.Info} VALUES ($1, $2)", key, value);
                }

                // Plans are made from what is known of a table, and of a new one that is nothing.
                _session.Execute($"ANALYZE {string.Join(", ", _schema.InLoadOrder)}");
                cancel.ThrowIfCancellationRequested();
                transaction.Commit();
                return true;
            },
            cancel
        );
        return loaded;
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private long Load(string table, CsvFolder folder, CancellationToken cancel)
    {
        using var text = folder.OpenText(table);
        var buffer = new byte[1 << 17];
        using (
            var copy = (NpgsqlCopyTextWriter)
                _session.Connection.BeginTextImport($"COPY {table} FROM STDIN (FORMAT csv, HEADER, ENCODING 'UTF8')")
        )
        {
            for (int read; (read = text.Read(buffer)) > 0; )
            {
                cancel.ThrowIfCancellationRequested();
                copy.BaseStream.Write(buffer.AsSpan(0, read));
            }
        }

        return long.Parse(
            _session.First($"SELECT CAST(count(*) AS text) FROM {table}")![0]!,
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private Task<T> RunAsync<T>(string what, Func<T> work, CancellationToken cancel) =>
        _session.RunAsync(work, error => PostgresErrors.Of(error, what), cancel);
}
