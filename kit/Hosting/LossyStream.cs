using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>Writes what can be written, and remembers what went wrong first.</summary>
/// <param name="inner">Null where nobody listens.</param>
internal sealed class LossyStream(Stream? inner) : Stream
{
    /// <summary>Why something could not be written. A reader who has gone, or was never there, has missed
    /// nothing.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner?.Write(buffer);
        }
        catch (Exception problem) when (IoFaults.Is(problem))
        {
            Failure ??= problem;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
