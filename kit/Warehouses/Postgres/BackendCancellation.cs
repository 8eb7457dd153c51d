using Npgsql;

namespace Trainyard.Warehouses.Postgres;

/// <summary>
/// Cancels what a connection runs from another one. Npgsql cancels commands; a COPY has nothing that could be cancelled
/// until the server answers, which may be hours later, with the first rows. Where no other connection can be had, this
/// one is abandoned: the server sees that within seconds (client_connection_check_interval), or with the first rows.
/// </summary>
internal sealed class BackendCancellation : IAsyncDisposable
{
    /// <summary>Names the server's process for a connection. A pooler makes up the number that the connection was told,
    /// and another host may have the same one: not begun at the same moment.</summary>
    public const string Backend =
        "SELECT pid::text, backend_start::text FROM pg_catalog.pg_stat_activity "
        + "WHERE pid = pg_catalog.pg_backend_pid()";

    private const string Cancel =
        "SELECT pg_catalog.pg_cancel_backend(pid) FROM pg_catalog.pg_stat_activity "
        + "WHERE pid::text = $1 AND backend_start = $2::timestamptz";

    private readonly NpgsqlDataSource _source;
    private readonly IReadOnlyList<string?> _backend;
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _abandon = new();
    private readonly CancellationTokenRegistration _registration;
    private Task _cancelling = Task.CompletedTask;

    /// <param name="backend">The row of <see cref="Backend"/>, asked in the transaction that runs the
    /// statement.</param>
    /// <param name="patience">How long to wait for another connection.</param>
    public BackendCancellation(
        NpgsqlDataSource source,
        IReadOnlyList<string?> backend,
        TimeSpan patience,
        CancellationToken cancel
    )
    {
        (_source, _backend, _patience) = (source, backend, patience);
        _registration = cancel.Register(() => _cancelling = CancelAsync());
    }

    /// <summary>Cancelled where the server cannot be asked.</summary>
    public CancellationToken Abandon => _abandon.Token;

    /// <summary>Nothing is cancelled after it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync();
        await _cancelling;
        _abandon.Dispose();
    }

    private async Task CancelAsync()
    {
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            await using var connection = await _source.OpenConnectionAsync(limit.Token);
            await using var command = new NpgsqlCommand(Cancel, connection);
            command.Parameters.Add(new NpgsqlParameter { Value = _backend[0] });
            command.Parameters.Add(new NpgsqlParameter { Value = _backend[1] });
            if (await command.ExecuteScalarAsync(limit.Token) is true)
            {
                return;
            }
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            // No other connection can be had.
        }

        await _abandon.CancelAsync();
    }
}
