using System.Data;
using System.Globalization;
using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>An open connection. What it runs, it runs on pool threads, where a token cancels the statement in the
/// server.</summary>
internal sealed class PostgresSession : IStatements, IAsyncDisposable
{
    private const int OldestVersion = 13;

    /// <summary>How long to wait for a server that starts or restarts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PostgresAddress _address;
    private readonly NpgsqlDataSource _source;
    private NpgsqlCommand? _running;
    private CancellationToken _cancel;

    private PostgresSession(NpgsqlDataSource source, NpgsqlConnection connection, PostgresAddress address) =>
        (_source, Connection, _address) = (source, connection, address);

    public NpgsqlConnection Connection { get; }

    public Dialect Dialect => Dialect.Postgres;

    public static async Task<PostgresSession> OpenAsync(PostgresAddress address, CancellationToken cancel)
    {
        try
        {
            return await Opening.TryAsync(() => Open(address), PostgresErrors.MayPass, Patience, cancel);
        }
        catch (Exception error) when (error is not (Fault or OperationCanceledException))
        {
            cancel.ThrowIfCancellationRequested();
            throw PostgresErrors.OfOpening(error, address.Uri);
        }
    }

    /// <summary>
    /// Begins a transaction in which nothing of the role's or the database's own settings changes how values are
    /// written or
    /// which tables a name means. Settings go with the transaction, so a pooler between us and the server does not
    /// spread them.
    /// </summary>
    public async Task<NpgsqlTransaction> BeginAsync(bool readOnly, TimeSpan? statementTimeout, CancellationToken cancel)
    {
        string[] settings =
        [
            $"SET TRANSACTION READ {(readOnly ? "ONLY" : "WRITE")}",
            "SET LOCAL TimeZone = 'UTC'",
            "SET LOCAL DateStyle = 'ISO, YMD'",
            "SET LOCAL IntervalStyle = 'postgres'",
            "SET LOCAL extra_float_digits = 1",
            "SET LOCAL standard_conforming_strings = on",
            .. _address.HasSearchPath ? [] : new[] { "SET LOCAL search_path = public, pg_temp" },
            .. statementTimeout is { } timeout
                ? new[]
                {
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"SET LOCAL statement_timeout = {Math.Max(1, (long)timeout.TotalMilliseconds)}"
                    ),
                }
                : [],
            // A client that is gone keeps nothing running and nothing locked, not even when its machine went with it.
            "SET LOCAL lock_timeout = '10min'",
            "SET LOCAL idle_in_transaction_session_timeout = '10min'",
            "SET LOCAL tcp_keepalives_idle = 30",
            "SET LOCAL tcp_keepalives_interval = 10",
            "SET LOCAL tcp_keepalives_count = 6",
            "SELECT pg_catalog.set_config(name, '2s', true) FROM pg_catalog.pg_settings WHERE name = "
                + "'client_connection_check_interval' AND pg_catalog.version() LIKE '%linux%'",
        ];
        return await RunAsync(
            () =>
            {
                var transaction = Connection.BeginTransaction(
                    readOnly ? IsolationLevel.RepeatableRead : IsolationLevel.ReadCommitted
                );
                Execute(string.Join("; ", settings));
                return transaction;
            },
            error => PostgresErrors.Of(error, _address.Uri),
            cancel
        );
    }

    /// <summary>Runs something on a pool thread; its errors are explained by the caller.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, Func<NpgsqlException, Fault> explain, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _cancel = cancel;
        await using var registration = cancel.Register(() => _ = Task.Run(() => Volatile.Read(ref _running)?.Cancel()));
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        catch (NpgsqlException error)
        {
            throw cancel.IsCancellationRequested
                ? new OperationCanceledException("The statement was cancelled.", error, cancel)
                : explain(error);
        }
    }

    public int Execute(string sql, params object?[] values) => Run(sql, values, command => command.ExecuteNonQuery());

    public IReadOnlyList<string?>? First(string sql, params object?[] values) =>
        Read(sql, values) is [var first, ..] ? first : null;

    /// <summary>All rows of a query whose columns are text.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Read(string sql, params object?[] values) =>
        Run(
            sql,
            values,
            command =>
            {
                using var reader = command.ExecuteReader();
                var rows = new List<IReadOnlyList<string?>>();
                while (reader.Read())
                {
                    rows.Add([
                        .. Enumerable
                            .Range(0, reader.FieldCount)
                            .Select(i => reader.IsDBNull(i) ? null : reader.GetString(i)),
                    ]);
                }

                return rows;
            }
        );

    /// <summary>The names and the types' numbers of a query's columns; the query is not run.</summary>
    public IReadOnlyList<(string Name, uint Type)> Describe(string sql) =>
        Run(
            sql,
            [],
            command =>
            {
                using var reader = command.ExecuteReader(CommandBehavior.SchemaOnly);
                return Enumerable
                    .Range(0, reader.FieldCount)
                    .Select(i => (reader.GetName(i), reader.GetDataTypeOID(i)))
                    .ToList();
            }
        );

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>With a source of its own, which has not yet heard of a host that it could not reach.</summary>
    private static PostgresSession Open(PostgresAddress address)
    {
        var source = SourceOf(address);
        try
        {
            var connection = source.OpenConnection();
            return connection.PostgreSqlVersion.Major >= OldestVersion
                ? new PostgresSession(source, connection, address)
                : throw Fault.BadConfiguration(
                    $"The warehouse {address.Uri} is PostgreSQL {connection.PostgreSqlVersion}: "
                        + $"{OldestVersion} or later is needed. Nothing was changed."
                );
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Values pass as text or by their built-in types, so the catalog of types is not worth its
    /// query.</summary>
    private static NpgsqlDataSource SourceOf(PostgresAddress address)
    {
        var builder = new NpgsqlDataSourceBuilder(address.Settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    private T Run<T>(string sql, object?[] values, Func<NpgsqlCommand, T> run)
    {
        _cancel.ThrowIfCancellationRequested();
        using var command = new NpgsqlCommand(sql, Connection);
        foreach (var value in values)
        {
            command.Parameters.Add(
                new NpgsqlParameter
                {
                    Value = value is DateTimeOffset instant ? instant.ToUniversalTime() : value ?? DBNull.Value,
                }
            );
        }

        Volatile.Write(ref _running, command);
        try
        {
            return run(command);
        }
        finally
        {
            Volatile.Write(ref _running, null);
        }
    }
}
