using System.Buffers;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Trainyard.Pipelines;

namespace Trainyard.Stores.S3;

/// <summary>An object on its way in parts, several at once. It comes into being when it is completed; until then
/// nobody sees it.</summary>
internal sealed class MultipartUpload : IDisposable
{
    /// <summary>In the object's metadata, so that after a lost answer it can be seen whose object stands
    /// there.</summary>
    private const string AttemptKey = "trainyard-attempt";

    private readonly S3Store _store;
    private readonly string _name;
    private readonly string _id;
    private readonly string _attempt;
    private readonly CancellationTokenSource _stop;
    private readonly List<Task<PartETag>> _parts = [];
    private bool _isCompleting;

    private MultipartUpload(S3Store store, string name, string id, string attempt, CancellationToken cancel)
    {
        (_store, _name, _id, _attempt) = (store, name, id, attempt);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    /// <summary>Parts begun so far.</summary>
    public int Parts => _parts.Count;

    private string Key => _store.Settings.KeyOf(_name);

    private string Bucket => _store.Settings.Bucket;

    public static async Task<MultipartUpload> BeginAsync(S3Store store, string name, CancellationToken cancel)
    {
        var attempt = Guid.NewGuid().ToString("N");
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = store.Settings.Bucket,
            Key = store.Settings.KeyOf(name),
            ServerSideEncryptionMethod = store.Settings.Encryption,
        };
        request.Metadata.Add(AttemptKey, attempt);
        if (store.Settings.EncryptionKey is { } key)
        {
            request.ServerSideEncryptionKeyManagementServiceKeyId = key;
        }

        var begun = await store.CallAsync(name, (s3, stop) => s3.InitiateMultipartUploadAsync(request, stop), cancel);
        return new MultipartUpload(store, name, begun.UploadId, attempt, cancel);
    }

    /// <summary>Sends a part on its way, as soon as there is a place for it. The buffer belongs to the upload from
    /// here on.</summary>
    public async Task AddAsync(byte[] part, int bytes)
    {
        if (_parts.FirstOrDefault(sent => sent.IsFaulted) is { } failed)
        {
            await failed;
        }

        await _store.PartsOnTheirWay.WaitAsync(_stop.Token);
        var number = _parts.Count + 1;
        _parts.Add(Task.Run(() => SendAsync(number, part, bytes), CancellationToken.None));
    }

    /// <summary>Brings the object into being when every part has arrived.</summary>
    public async Task CompleteAsync(CancellationToken cancel)
    {
        var parts = await Task.WhenAll(_parts);

        // Not every store keeps the condition when an upload is completed; names are ours alone, so looking first
        // suffices.
        if (await _store.ExistsAsync(_name, cancel))
        {
            throw S3Writer.Taken(_store, _name);
        }

        _isCompleting = true;
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = Bucket,
            Key = Key,
            UploadId = _id,
            PartETags = [.. parts],
            IfNoneMatch = "*",
        };
        try
        {
            await _store.CallAsync(_name, (s3, stop) => s3.CompleteMultipartUploadAsync(request, stop), cancel);
        }
        catch (Fault) when (!cancel.IsCancellationRequested)
        {
            // The answer may have been lost, and what a retry is told ("no such upload") says nothing: look.
            if (!await StandsAsync(cancel))
            {
                throw;
            }
        }

        _isCompleting = false;
    }

    /// <summary>Gives the upload up, and takes back what a completion that nobody waited for may have made.</summary>
    public async Task GiveUpAsync(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_parts).ContinueWith(_ => { }, cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        await AbortAsync(_store, _name, _id, cancel);
        if (_isCompleting && await StandsAsync(cancel))
        {
            await _store.DeleteAsync(_name, cancel);
        }
    }

    public static Task<bool> AbortAsync(S3Store store, string name, string id, CancellationToken cancel) =>
        store.CallAsync(
            name,
            async (s3, stop) =>
            {
                try
                {
                    await s3.AbortMultipartUploadAsync(
                        new AbortMultipartUploadRequest
                        {
                            BucketName = store.Settings.Bucket,
                            Key = store.Settings.Prefix + name,
                            UploadId = id,
                        },
                        stop
                    );
                    return true;
                }
                catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound)
                {
                    return false;
                }
            },
            cancel
        );

    /// <summary>What the parts of an upload that nobody completed take.</summary>
    public static Task<long> BytesOfAsync(S3Store store, string key, string id, CancellationToken cancel) =>
        store.CallAsync(
            key,
            async (s3, stop) =>
            {
                var request = new ListPartsRequest
                {
                    BucketName = store.Settings.Bucket,
                    Key = key,
                    UploadId = id,
                };
                var bytes = 0L;
                bool more;
                do
                {
                    try
                    {
                        var page = await s3.ListPartsAsync(request, stop);
                        bytes += page.Parts?.Sum(part => part.Size ?? 0) ?? 0;
                        (more, request.PartNumberMarker) = (
                            page.IsTruncated == true,
                            page.NextPartNumberMarker?.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        );
                    }
                    catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound)
                    {
                        return 0;
                    }
                } while (more);
                return bytes;
            },
            cancel
        );

    public void Dispose() => _stop.Dispose();

    private async Task<PartETag> SendAsync(int number, byte[] part, int bytes)
    {
        try
        {
            using var body = new MemoryStream(part, 0, bytes, writable: false);
            var request = new UploadPartRequest
            {
                BucketName = Bucket,
                Key = Key,
                UploadId = _id,
                PartNumber = number,
                PartSize = bytes,
                InputStream = body,
                UseChunkEncoding = _store.Settings.SignsInChunks,
            };
            var sent = await _store.CallAsync(_name, (s3, stop) => s3.UploadPartAsync(request, stop), _stop.Token);

            // Only now: a request that was given up may still be reading its buffer.
            ArrayPool<byte>.Shared.Return(part);
            return new PartETag(number, sent.ETag);
        }
        finally
        {
            _store.PartsOnTheirWay.Release();
        }
    }

    /// <summary>Whether the object is there and was made by this upload.</summary>
    private Task<bool> StandsAsync(CancellationToken cancel) =>
        _store.CallAsync(
            _name,
            async (s3, stop) =>
            {
                try
                {
                    var head = await s3.GetObjectMetadataAsync(
                        new GetObjectMetadataRequest { BucketName = Bucket, Key = Key },
                        stop
                    );
                    return head.Metadata[AttemptKey] == _attempt;
                }
                catch (AmazonS3Exception none) when (none.StatusCode == HttpStatusCode.NotFound)
                {
                    return false;
                }
            },
            cancel
        );
}
