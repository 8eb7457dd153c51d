using System.Diagnostics;
using System.Globalization;
using Serilog;

namespace Trainyard.Hosting;

/// <summary>
/// How far a step is: rows and bytes, counted from any thread, or the words of whoever counts something else. Logged
/// every 30 seconds (every 5 on a terminal), so that nobody has to guess whether it hangs.
/// </summary>
public sealed class Progress : IProgress<string>, IAsyncDisposable
{
    private readonly ILogger _log;
    private readonly Timer _timer;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private string _what = "Starting";
    private volatile string? _words;
    private long _rows;
    private long _total;
    private long _bytesIn;
    private long _bytesOut;

    internal Progress(ILogger log, TimeSpan interval)
    {
        _log = log;
        _timer = new Timer(_ => Log(), null, interval, interval);
    }

    /// <summary>Of a command, logged as its log is.</summary>
    public static Progress Of(Invocation invocation) => new(invocation.Log, Interval(invocation.Environment));

    public long BytesIn => Interlocked.Read(ref _bytesIn);

    public long BytesOut => Interlocked.Read(ref _bytesOut);

    /// <summary>Begins a piece of work; the count of rows starts again.</summary>
    /// <param name="what">What is being done, such as <c>Reading the warehouse</c>.</param>
    /// <param name="totalRows">How many rows it will be, where that is known.</param>
    public void Start(string what, long? totalRows = null)
    {
        (_what, _words) = (what, null);
        Interlocked.Exchange(ref _rows, 0);
        Interlocked.Exchange(ref _total, totalRows ?? 0);
        _watch.Restart();
        _log.Information("{What:l}", what);
    }

    /// <summary>Says in words how far the piece of work is: "120 of 400 trees".</summary>
    public void Report(string value) => _words = value;

    public void AddRows(long rows) => Interlocked.Add(ref _rows, rows);

    public void AddBytesIn(long bytes) => Interlocked.Add(ref _bytesIn, bytes);

    public void AddBytesOut(long bytes) => Interlocked.Add(ref _bytesOut, bytes);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    internal static TimeSpan Interval(IReadOnlyDictionary<string, string> environment) =>
        TimeSpan.FromSeconds(
            EnvironmentVariables.Get<double?>(
                environment,
                "TRAINYARD_PROGRESS_SECONDS",
                text =>
                    double.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
                    && seconds is >= 0.1 and <= 86400
                        ? seconds
                        : null,
                "a number of seconds from 0.1 to 86400"
            ) ?? (Console.IsErrorRedirected ? 30 : 5)
        );

    private void Log()
    {
        if (_words is { } words)
        {
            _log.Information("{What:l}: {Words:l}", _what, words);
            return;
        }

        var (rows, total) = (Interlocked.Read(ref _rows), Interlocked.Read(ref _total));
        var rate = rows / Math.Max(_watch.Elapsed.TotalSeconds, 0.001);
        _log.Information(
            "{What:l}: {Rows} of {Total:l} rows, {RowsPerSecond:0} rows/s, {BytesIn} bytes in, {BytesOut} bytes out",
            _what,
            rows,
            total > 0 ? total.ToString(CultureInfo.InvariantCulture) : "?",
            rate,
            BytesIn,
            BytesOut
        );
    }
}
