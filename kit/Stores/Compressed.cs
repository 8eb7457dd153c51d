using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>
/// Files that are kept as gzip, which their name says: <c>part-00000-….csv.gz</c>. Size and SHA-256 in a manifest are
/// those of
/// the stored bytes, so that they are checked without unpacking.
/// </summary>
internal static class Compressed
{
    public const string Extension = ".gz";

    public static bool Is(string name) => name.EndsWith(Extension, StringComparison.Ordinal);

    public static Stream Unpack(Stream stored, string uri) =>
        new Unpacking(new GZipStream(stored, CompressionMode.Decompress), stored, uri);

    /// <summary>Packs what is written; the inner writer sees and vouches for the packed bytes.</summary>
    public sealed class Writer(StoreWriter inner) : StoreWriter
    {
        [SuppressMessage(
            "Usage",
            "CA2213",
            Justification = "Disposing of it writes the end of the file, which only a complete one has."
        )]
        private readonly GZipStream _gzip = new(inner, CompressionLevel.Fastest, leaveOpen: true);

        public override void Flush() => _gzip.Flush();

        public override async Task<StoredBytes> CompleteAsync(CancellationToken cancel)
        {
            await _gzip.DisposeAsync();
            return await inner.CompleteAsync(cancel);
        }

        protected override Task PublishAsync(CancellationToken cancel) =>
            throw new NotSupportedException("The inner writer publishes.");

        protected override void WriteThrough(ReadOnlySpan<byte> buffer) => _gzip.Write(buffer);

        protected override ValueTask WriteThroughAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancel) =>
            _gzip.WriteAsync(buffer, cancel);

        /// <remarks>A writer that is given up is not packed to its end, which could fail once more; zlib's memory
        /// goes with the object.</remarks>
        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>Unpacks; what is no gzip is 65. At its end the stored stream is read to its own, where its hash is
    /// checked.</summary>
    private sealed class Unpacking(GZipStream gzip, Stream stored, string uri) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer)
        {
            try
            {
                var read = gzip.Read(buffer);
                if (read == 0 && buffer.Length > 0)
                {
                    stored.CopyTo(Null);
                }

                return read;
            }
            catch (InvalidDataException broken)
            {
                throw Broken(broken);
            }
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                var read = await gzip.ReadAsync(buffer, cancellationToken);
                if (read == 0 && buffer.Length > 0)
                {
                    await stored.CopyToAsync(Null, cancellationToken);
                }

                return read;
            }
            catch (InvalidDataException broken)
            {
                throw Broken(broken);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                gzip.Dispose();
            }

            base.Dispose(disposing);
        }

        private Fault Broken(InvalidDataException broken) =>
            Fault.BadData(
                $"{uri} is not what was written: it is no whole gzip file. Nothing was changed; remove the "
                    + "run's folder and start a new run.",
                broken
            );
    }
}
