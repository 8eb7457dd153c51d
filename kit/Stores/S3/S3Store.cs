using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Trainyard.Stores.S3;

/// <summary>A store in a bucket of S3, or of anything that answers like it. What it takes it keeps whole; a name is
/// given once.</summary>
public sealed class S3Store : IStore
{
    /// <summary>An operation with all its retries. A store that is silent, or drips, is unavailable after
    /// that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly AmazonS3Client _client;
    private readonly S3Faults _faults;
    private readonly ConditionalWrites _conditions;

    internal S3Store(S3Settings settings)
    {
        Settings = settings;
        _client = S3Client.Create(settings);
        _faults = new S3Faults(
            settings,
            settings.Endpoint?.Authority
                ?? (
                    _client.Config.ServiceURL is { } url
                        ? new Uri(url).Authority
                        : $"AWS in {_client.Config.RegionEndpoint?.SystemName}"
                )
        );
        _conditions = new ConditionalWrites(this);
    }

    public string Uri => Settings.StoreUri;

    internal S3Settings Settings { get; }

    internal S3Faults Faults => _faults;

    /// <summary>A place for each part on its way, of all writers together: what bounds the memory and the
    /// connections.</summary>
    internal SemaphoreSlim PartsOnTheirWay { get; } = new(4);

    public async Task<Stream> OpenReadAsync(string name, CancellationToken cancel) =>
        await S3Reader.OpenAsync(this, name, cancel);

    public async Task<bool> ExistsAsync(string name, CancellationToken cancel)
    {
        // A listing tells a missing object from a missing bucket, which HEAD does not.
        var key = Settings.KeyOf(name);
        var found = await CallAsync(
            name,
            (s3, stop) =>
                s3.ListObjectsV2Async(
                    new ListObjectsV2Request
                    {
                        BucketName = Settings.Bucket,
                        Prefix = key,
                        MaxKeys = 1,
                    },
                    stop
                ),
            cancel
        );
        return found.S3Objects is [var first, ..] && first.Key == key;
    }

    public Task DemandWritableAsync(CancellationToken cancel) => _conditions.DemandAsync(cancel);

    public async Task<StoreWriter> OpenWriteAsync(string name, CancellationToken cancel)
    {
        Settings.KeyOf(name);
        await _conditions.DemandAsync(cancel);
        return new S3Writer(this, name, cancel);
    }

    public async Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        Settings.KeyOf(name);
        await _conditions.DemandAsync(cancel);
        return await TryPutAsync(name, content, cancel) || await IsOursAsync(name, content, cancel);
    }

    public async IAsyncEnumerable<StoreEntry> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var request = new ListObjectsV2Request { BucketName = Settings.Bucket, Prefix = Settings.Prefix + prefix };
        do
        {
            var page = await CallAsync(prefix, (s3, stop) => s3.ListObjectsV2Async(request, stop), cancel);
            foreach (var found in page.S3Objects ?? [])
            {
                if (found.Key[Settings.Prefix.Length..] is var name && !name.StartsWith('.'))
                {
                    yield return new StoreEntry(name, found.Size ?? 0, Utc(found.LastModified));
                }
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (request.ContinuationToken is not null);
    }

    public Task DeleteAsync(string name, CancellationToken cancel)
    {
        var key = Settings.KeyOf(name);
        return CallAsync(
            name,
            (s3, stop) =>
                s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Settings.Bucket, Key = key }, stop),
            cancel
        );
    }

    public async IAsyncEnumerable<UnfinishedObject> ListUnfinishedAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var request = new ListMultipartUploadsRequest { BucketName = Settings.Bucket, Prefix = Settings.Prefix };
        bool more;
        do
        {
            var page = await CallAsync("", (s3, stop) => s3.ListMultipartUploadsAsync(request, stop), cancel);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                yield return new UnfinishedObject(
                    upload.Key[Settings.Prefix.Length..],
                    upload.UploadId,
                    Utc(upload.Initiated),
                    await MultipartUpload.BytesOfAsync(this, upload.Key, upload.UploadId, cancel)
                );
            }

            (more, request.KeyMarker, request.UploadIdMarker) = (
                page.IsTruncated == true,
                page.NextKeyMarker,
                page.NextUploadIdMarker
            );
        } while (more);
    }

    public Task DropUnfinishedAsync(UnfinishedObject left, CancellationToken cancel) =>
        MultipartUpload.AbortAsync(this, left.Name, left.Id, cancel);

    /// <summary>Puts an object where there is none; false where the name is taken.</summary>
    internal Task<bool> TryPutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        CallAsync(
            name,
            async (s3, stop) =>
            {
                while (true)
                {
                    try
                    {
                        using var body = new MemoryStream(content.ToArray(), writable: false);
                        await s3.PutObjectAsync(PutRequest(name, body), stop);
                        return true;
                    }
                    catch (AmazonS3Exception taken) when (taken.StatusCode == HttpStatusCode.PreconditionFailed)
                    {
                        return false;
                    }
                    catch (AmazonS3Exception race) when (race.StatusCode == HttpStatusCode.Conflict)
                    {
                        // Somebody else is creating or deleting it at this moment; AWS wants to be asked again.
                        await Task.Delay(100, stop);
                    }
                }
            },
            cancel
        );

    /// <summary>Whether an object holds this content: the answer to a first attempt may have been lost on its
    /// way.</summary>
    internal async Task<bool> IsOursAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        await this.TryReadAsync(name, cancel) is { } standing && standing.AsSpan().SequenceEqual(content.Span);

    /// <summary>Asks the store, with the SDK's retries, within our patience; whatever fails becomes a fault.</summary>
    internal async Task<T> CallAsync<T>(
        string name,
        Func<AmazonS3Client, CancellationToken, Task<T>> call,
        CancellationToken cancel
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            return await call(_client, limit.Token);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            throw _faults.Of(failure, name);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new OperationCanceledException("Stopped while the store was asked.", failure, cancel);
        }
    }

    private PutObjectRequest PutRequest(string name, Stream body)
    {
        var request = new PutObjectRequest
        {
            BucketName = Settings.Bucket,
            Key = Settings.KeyOf(name),
            InputStream = body,
            IfNoneMatch = "*",
            ServerSideEncryptionMethod = Settings.Encryption,
            UseChunkEncoding = Settings.SignsInChunks,
        };
        if (Settings.EncryptionKey is { } key)
        {
            request.ServerSideEncryptionKeyManagementServiceKeyId = key;
        }

        return request;
    }

    private static DateTimeOffset Utc(DateTime? time) =>
        time is { } known ? new DateTimeOffset(known.ToUniversalTime(), TimeSpan.Zero) : DateTimeOffset.MaxValue;
}
