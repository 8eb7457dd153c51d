using DuckDB.NET.Native;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>
/// Interrupts whatever a connection is doing once a token is cancelled, again and again until it is disposed: DuckDB
/// forgets
/// an interrupt that comes between two statements.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly DuckDBNativeConnection _connection;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _registration;
    private bool _isOver;

    public Interrupt(DuckDBNativeConnection connection, CancellationToken cancel)
    {
        _connection = connection;
        _timer = new Timer(_ => Now(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration = cancel.Register(() => _timer.Change(TimeSpan.Zero, Period));
    }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_gate)
        {
            _isOver = true;
        }

        _timer.Dispose();
    }

    private void Now()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _connection.Interrupt();
            }
        }
    }
}
