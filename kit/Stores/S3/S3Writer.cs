using System.Buffers;
using Trainyard.Pipelines;

namespace Trainyard.Stores.S3;

/// <summary>
/// Writes an object of any length in constant memory: one PUT where it fits into one part, else parts that are sent
/// while the next is being filled.
/// </summary>
internal sealed class S3Writer(S3Store store, string name, CancellationToken cancel) : StoreWriter
{
    private const int FirstPart = 8 << 20;

    /// <summary>An upload has at most 10,000 parts. Doubling the size seven times, they hold 2.7 TB.</summary>
    private const int PartsOfOneSize = 1250;

    /// <summary>To leave nothing behind; a program that is told to stop has five seconds in all.</summary>
    private static readonly TimeSpan CleaningUp = TimeSpan.FromSeconds(3);

    private byte[] _part = ArrayPool<byte>.Shared.Rent(FirstPart);
    private int _partBytes = FirstPart;
    private int _filled;
    private MultipartUpload? _upload;
    private bool _isDisposed;

    public static Fault Taken(IStore store, string name) =>
        new(ExitCode.TemporaryFailure, $"{store.UriOf(name)} was written by somebody else meanwhile; theirs stays.");

    /// <summary>Nothing: a part goes when it is full.</summary>
    public override void Flush() { }

    protected override void WriteThrough(ReadOnlySpan<byte> buffer)
    {
        while (Take(ref buffer))
        {
            SendAsync().GetAwaiter().GetResult();
        }
    }

    protected override async ValueTask WriteThroughAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancel)
    {
        var done = 0;
        while (TakeFrom(buffer.Span, ref done))
        {
            await SendAsync();
        }
    }

    protected override async Task PublishAsync(CancellationToken cancel)
    {
        if (_upload is null)
        {
            if (!await store.TryCreateAsync(name, _part.AsMemory(0, _filled), cancel))
            {
                throw Taken(store, name);
            }

            return;
        }

        await SendAsync();
        await _upload.CompleteAsync(cancel);
        _upload.Dispose();
        _upload = null;
    }

    public override async ValueTask DisposeAsync()
    {
        await CleanUpAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CleanUpAsync().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    /// <summary>Fills the part; true where it is full and more is waiting.</summary>
    private bool Take(ref ReadOnlySpan<byte> waiting)
    {
        var taken = Math.Min(waiting.Length, _partBytes - _filled);
        waiting[..taken].CopyTo(_part.AsSpan(_filled));
        _filled += taken;
        waiting = waiting[taken..];
        return waiting.Length > 0;
    }

    private bool TakeFrom(ReadOnlySpan<byte> all, ref int done)
    {
        var waiting = all[done..];
        var more = Take(ref waiting);
        done = all.Length - waiting.Length;
        return more;
    }

    private async Task SendAsync()
    {
        _upload ??= await MultipartUpload.BeginAsync(store, name, cancel);
        await _upload.AddAsync(_part, _filled);
        _partBytes = FirstPart << Math.Min(7, _upload.Parts / PartsOfOneSize);
        _part = ArrayPool<byte>.Shared.Rent(_partBytes);
        _filled = 0;
    }

    private async Task CleanUpAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        ArrayPool<byte>.Shared.Return(_part);
        if (_upload is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(CleaningUp);
        try
        {
            await _upload.GiveUpAsync(limit.Token);
        }
        catch (Exception problem) when (problem is Fault or OperationCanceledException)
        {
            // What made us give up is what counts; the upload that stays is seen by nobody, and gc drops it.
        }
        finally
        {
            _upload.Dispose();
        }
    }
}
