using Trainyard.Hosting;
using Trainyard.Stores;

namespace Trainyard.Steps.Extract;

/// <summary>The dataset on its way into the store: parts that end at the end of a row, once they have their size.
/// What is given up is deleted.</summary>
internal sealed class DatasetParts(StepContext context, ReadOnlyMemory<byte> header, long partBytes) : IAsyncDisposable
{
    /// <summary>Hashing and writing cost a call each, which a single row is not worth.</summary>
    private readonly byte[] _buffer = new byte[1 << 18];
    private readonly List<DatasetPart> _parts = [];
    private StoreWriter? _writer;
    private string _name = "";
    private int _buffered;
    private long _rows;
    private bool _isComplete;

    public bool MustOpen => _writer is null;

    public bool MustClose => _writer is not null && _writer.Bytes + _buffered >= partBytes;

    public async Task OpenAsync(CancellationToken cancel)
    {
        _name = context.NewPartName(_parts.Count);
        _writer = await context.CreatePartAsync(_name, cancel);
        _rows = 0;
        Append(header.Span);
    }

    public void Write(ReadOnlySpan<byte> record)
    {
        Append(record);
        _rows++;
    }

    public async Task CloseAsync(CancellationToken cancel)
    {
        Flush();
        var stored = await _writer!.CompleteAsync(cancel);
        await _writer.DisposeAsync();
        _writer = null;
        _parts.Add(new DatasetPart(_name, _rows, stored.Bytes, stored.Sha256));
        context.Progress.AddBytesOut(stored.Bytes);
    }

    /// <summary>Ends the dataset; from here on its parts stay.</summary>
    public async Task<IReadOnlyList<DatasetPart>> CompleteAsync(CancellationToken cancel)
    {
        if (_writer is not null)
        {
            await CloseAsync(cancel);
        }

        return _parts;
    }

    /// <summary>Nothing is deleted any more.</summary>
    public void Keep() => _isComplete = true;

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }

        if (!_isComplete)
        {
            // Nobody could mistake them for a result, but a failed step leaves the store as it was.
            foreach (var part in _parts)
            {
                await context.Run.Store.DeleteAsync(context.NameOf(part.File), CancellationToken.None);
            }
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _buffered)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                _writer!.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    private void Flush()
    {
        _writer!.Write(_buffer.AsSpan(0, _buffered));
        _buffered = 0;
    }
}
