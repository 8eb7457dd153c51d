using System.Security.Cryptography;

namespace Trainyard.Stores;

/// <summary>
/// A stream into a new object that hashes and counts what passes. <see cref="CompleteAsync"/> brings the object into
/// being; disposing it before that leaves nothing behind.
/// </summary>
public abstract class StoreWriter : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The bytes written so far.</summary>
    public long Bytes { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Bytes;

    public override long Position
    {
        get => Bytes;
        set => throw new NotSupportedException();
    }

    /// <summary>Publishes the object.</summary>
    /// <returns>Its size, and its SHA-256 in lower case hexadecimal digits.</returns>
    public virtual async Task<StoredBytes> CompleteAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await PublishAsync(cancel);
        return new StoredBytes(Bytes, Convert.ToHexStringLower(_hash.GetCurrentHash()));
    }

    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public sealed override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        Bytes += buffer.Length;
        WriteThrough(buffer);
    }

    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        _hash.AppendData(buffer.Span);
        Bytes += buffer.Length;
        return WriteThroughAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected abstract Task PublishAsync(CancellationToken cancel);

    protected abstract void WriteThrough(ReadOnlySpan<byte> buffer);

    protected abstract ValueTask WriteThroughAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancel);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>What was written: its size, and its SHA-256 in lower case hexadecimal digits.</summary>
public sealed record StoredBytes(long Bytes, string Sha256);
