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
    private bool _isReading = true;

    private PostgresSession(NpgsqlDataSource source, NpgsqlConnection connection, PostgresAddress address) =>
        (_source, Connection, _address) = (source, connection, address);

    public NpgsqlConnection Connection { get; }

    public Dialect Dialect => Dialect.Postgres;

    public static async Task<PostgresSession> OpenAsync(PostgresAddress address, CancellationToken cancel)
    {
        var trust = address.Trust();
        try
        {
            return await Opening.TryAsync(
                () => Open(address, trust = address.Trust()),
                OpeningErrors.MayPass,
                Patience,
                cancel
            );
        }
        catch (Exception error) when (error is not (Fault or OperationCanceledException))
        {
            cancel.ThrowIfCancellationRequested();
            throw new OpeningErrors(address, trust).Of(error);
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
            SetLocal("search_path", "public, pg_temp"),
            // Rows that a policy hides are an error, and no smaller dataset.
            SetLocal("row_security", "off"),
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
        _isReading = readOnly;
        return await RunAsync(
            () =>
            {
                var transaction = Connection.BeginTransaction(
                    readOnly ? IsolationLevel.RepeatableRead : IsolationLevel.ReadCommitted
                );
                Execute(string.Join("; ", settings));
                return transaction;
            },
            error => readOnly ? PostgresErrors.Of(error, _address.Uri) : OfWriting(error),
            cancel
        );

        // What the connection's own options set counts. It is set again: a pooler drops it.
        string SetLocal(string name, string otherwise) =>
            _address.Options.TryGetValue(name, out var own)
                ? $"SELECT pg_catalog.set_config('{name}', {Identifier.Literal(own)}, true)"
                : $"SET LOCAL {name} = {otherwise}";
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
                : explain(
                    error is PostgresException refused
                        ? await Task.Run(
                            () => PostgresDenials.WithHint(refused, this, _isReading),
                            CancellationToken.None
                        )
                        : error
                );
        }
    }

    /// <summary>Begins a COPY, which the token cancels also before the server has answered.</summary>
    public async Task<T> RunCopyAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> begin,
        Func<NpgsqlException, Fault> explain,
        CancellationToken cancel
    )
    {
        var backend = await RunAsync(() => First(BackendCancellation.Backend)!, explain, cancel);
        await using var cancellation = new BackendCancellation(_source, backend, Patience, cancel);
        return await RunAsync(() => begin(Connection, cancellation.Abandon).GetAwaiter().GetResult(), explain, cancel);
    }

    public int Execute(string sql, params object?[] values) => Run(sql, values, command => command.ExecuteNonQuery());

    public IReadOnlyList<string?>? First(string sql, params object?[] values) =>
        Rows(sql, values) is [var first, ..] ? first : null;

    public IReadOnlyList<IReadOnlyList<string?>> Rows(string sql, params object?[] values) =>
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
    private static PostgresSession Open(PostgresAddress address, ServerTrust trust)
    {
        address.DemandFiles();
        var source = SourceOf(address, trust);
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
    private static NpgsqlDataSource SourceOf(PostgresAddress address, ServerTrust trust)
    {
        var builder = new NpgsqlDataSourceBuilder(address.Settings.ConnectionString);
        builder.UseSslClientAuthenticationOptionsCallback(tls => tls.RemoteCertificateValidationCallback = trust.Judge);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    /// <summary>A server that recovers, as a standby does all its life, does not even begin to write.</summary>
    private Fault OfWriting(NpgsqlException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported or "25006" }
            ? Fault.BadConfiguration(
                $"The warehouse {_address.Uri} is a standby, which takes no predictions: give the primary, or all its "
                    + "hosts with target_session_attrs=read-write. Nothing was published.",
                error
            )
            : PostgresErrors.Of(error, _address.Uri);

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
