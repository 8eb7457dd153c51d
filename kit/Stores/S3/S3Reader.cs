using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Trainyard.Pipelines;

namespace Trainyard.Stores.S3;

/// <summary>
/// Reads an object as it comes. Where the connection breaks or goes silent it goes on at the same byte of the same
/// object: the rest is asked for under the ETag of the beginning.
/// </summary>
internal sealed class S3Reader : ReadOnlyStream
{
    /// <summary>Attempts that bring no byte before the reader gives up.</summary>
    private const int Attempts = 5;

    /// <summary>For the next bytes of an answer.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly S3Store _store;
    private readonly string _name;
    private readonly CancellationToken _cancel;
    private readonly byte[] _ahead = new byte[1 << 16];
    private GetObjectResponse _answer;
    private Memory<byte> _rest;
    private long _position;

    private S3Reader(S3Store store, string name, GetObjectResponse answer, CancellationToken cancel)
    {
        (_store, _name, _answer, _cancel) = (store, name, answer, cancel);
        (Length, ETag) = (answer.ContentLength, answer.ETag);
    }

    public override long Length { get; }

    public override long Position
    {
        get => _position - _rest.Length;
        set => throw new NotSupportedException();
    }

    private string ETag { get; }

    /// <param name="cancel">Ends the reading too, not only the opening.</param>
    public static async Task<S3Reader> OpenAsync(S3Store store, string name, CancellationToken cancel) =>
        new(store, name, await GetAsync(store, name, 0, null, cancel), cancel);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty)
        {
            return buffer.IsEmpty ? 0 : await ReceiveAsync(buffer, cancellationToken);
        }

        var taken = Math.Min(buffer.Length, _rest.Length);
        _rest[..taken].CopyTo(buffer);
        _rest = _rest[taken..];
        return taken;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_rest.IsEmpty && !buffer.IsEmpty)
        {
            _rest = _ahead.AsMemory(0, ReceiveAsync(_ahead, CancellationToken.None).GetAwaiter().GetResult());
        }

        var taken = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..taken].CopyTo(buffer);
        _rest = _rest[taken..];
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _answer.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var read = await ReceiveOnceAsync(buffer, cancel);
                _position += read;
                return read > 0 || _position == Length ? read : throw new IOException("the answer ended early");
            }
            catch (Exception cut)
                when (!_cancel.IsCancellationRequested
                    && !cancel.IsCancellationRequested
                    && cut is IOException or HttpRequestException or OperationCanceledException or AmazonClientException
                )
            {
                if (attempt == Attempts)
                {
                    throw _store.Faults.Of(cut, _name);
                }
            }

            _answer.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), _cancel);
            _answer = await GetAsync(_store, _name, _position, ETag, _cancel);
        }
    }

    private async Task<int> ReceiveOnceAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(_cancel, cancel);
        silence.CancelAfter(Silence);
        return await _answer.ResponseStream.ReadAsync(buffer, silence.Token);
    }

    private static Task<GetObjectResponse> GetAsync(
        S3Store store,
        string name,
        long from,
        string? etag,
        CancellationToken cancel
    )
    {
        var request = new GetObjectRequest
        {
            BucketName = store.Settings.Bucket,
            Key = store.Settings.KeyOf(name),
            EtagToMatch = etag,
        };
        if (from > 0)
        {
            request.ByteRange = new ByteRange(from, long.MaxValue);
        }

        return store.CallAsync(
            name,
            async (s3, stop) =>
            {
                try
                {
                    return await s3.GetObjectAsync(request, stop);
                }
                catch (AmazonS3Exception none)
                    when (none is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
                {
                    throw Fault.MissingInput($"{store.UriOf(name)} is not there.");
                }
                catch (AmazonS3Exception other) when (other.StatusCode == HttpStatusCode.PreconditionFailed)
                {
                    throw Fault.BadData(
                        $"{store.UriOf(name)} was replaced while it was being read. Nothing was changed; "
                            + "remove the run's folder and start a new run."
                    );
                }
            },
            cancel
        );
    }
}
