using System.Security.Cryptography;
using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>Passes a file's bytes on and checks its size and SHA-256 at the end, before the reader can take it for
/// whole.</summary>
internal sealed class VerifyingStream(Stream inner, string uri, StoredFile expected) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;
    private bool _checked;

    public override long Length => expected.Bytes;

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Take(buffer[..read], buffer.Length);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Take(buffer.Span[..read], buffer.Length);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> read, int asked)
    {
        _hash.AppendData(read);
        _bytes += read.Length;
        if (_bytes > expected.Bytes)
        {
            throw Changed($"it has more than the {expected.Bytes} bytes written");
        }

        if (read.Length > 0 || asked == 0 || _checked)
        {
            return;
        }

        _checked = true;
        if (_bytes != expected.Bytes)
        {
            throw Changed($"it has {_bytes} bytes, {expected.Bytes} were written");
        }

        if (Convert.ToHexStringLower(_hash.GetCurrentHash()) != expected.Sha256)
        {
            throw Changed("its SHA-256 is another");
        }
    }

    private Fault Changed(string how) =>
        Fault.BadData(
            $"{uri} is not what was written: {how}. Nothing was changed; remove the run's folder and start a new run."
        );
}
