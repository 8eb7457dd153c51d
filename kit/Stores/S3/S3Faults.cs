using System.Net;
using Amazon.Runtime;
using Trainyard.Pipelines;

namespace Trainyard.Stores.S3;

/// <summary>One sentence and an exit code for whatever a store in S3 answers, or does not. None of them holds a
/// credential.</summary>
internal sealed class S3Faults(S3Settings settings, string endpoint)
{
    private string At => $"The store {settings.StoreUri} at {endpoint}";

    public Fault Of(Exception failure, string name) =>
        Cause(failure) switch
        {
            Fault fault => fault,
            AmazonServiceException answer => OfAnswer(answer, name),
            AmazonClientException { Message: var message }
                when message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal) => NoCredentials(
                failure
            ),
            OperationCanceledException or TimeoutException => Unavailable(name, "it did not answer in time", failure),
            HttpRequestException or IOException => Unavailable(name, failure.Message.TrimEnd('.'), failure),
            _ => new Fault(
                ExitCode.BadConfiguration,
                $"{At} cannot be used at '{name}': {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}. "
                    + "Nothing was changed.",
                failure
            ),
        };

    /// <summary>78 for a store that takes a second object under a name that is taken, or does not know the
    /// condition.</summary>
    public Fault NoConditions(Exception? failure = null) =>
        Fault.BadConfiguration(
            $"{At} does not keep the condition 'If-None-Match: *' of a PUT, so two runs could overwrite one "
                + "another's results: use a store that does, such as AWS, or Ceph from version 16 on. Nothing was "
                + "changed.",
            failure
        );

    private Fault OfAnswer(AmazonServiceException answer, string name)
    {
        // The answer to HEAD has no body; the SDK then calls the code by its status.
        var code = string.IsNullOrEmpty(answer.ErrorCode) ? answer.StatusCode.ToString() : answer.ErrorCode;
        return (code, answer.StatusCode) switch
        {
            ("XAmzContentSHA256Mismatch" or "BadDigest" or "InvalidTrailer" or "ExcessHeaderValues", _) => Refused(
                name,
                code,
                answer
            ),
            (_, >= HttpStatusCode.BadRequest) when IsOfChecksums(answer) => Refused(name, code, answer),
            ("NoSuchBucket", _) => Fault.BadConfiguration(
                $"The store {settings.StoreUri} cannot be used: there is no bucket '{settings.Bucket}' at "
                    + $"{endpoint}. Create it, or correct --store. Nothing was changed.",
                answer
            ),
            ("InvalidAccessKeyId" or "SignatureDoesNotMatch", _) => NoPermission(
                $"the credentials are not valid there ({code}). Check AWS_ACCESS_KEY_ID and "
                    + "AWS_SECRET_ACCESS_KEY, or the profile",
                answer
            ),
            (
                "ExpiredToken"
                    or "TokenRefreshRequired"
                    or "RequestExpired"
                    or "InvalidToken"
                    or "ExpiredTokenException",
                _
            ) => NoPermission($"the credentials have expired ({code}). Renew them", answer),
            ("RequestTimeTooSkewed", _) => NoPermission(
                "this machine's clock is wrong by more than it allows (RequestTimeTooSkewed). Set the clock",
                answer
            ),
            ("QuotaExceeded" or "InsufficientStorage" or "XMinioStorageFull", _)
            or (_, HttpStatusCode.InsufficientStorage) => Unavailable(name, $"it is full ({code})", answer),
            ("PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException", _) =>
                Fault.BadConfiguration(
                    $"{At} is in another region ({code}): set AWS_REGION to the bucket's. Nothing was changed.",
                    answer
                ),
            (_, HttpStatusCode.NotImplemented)
                when IsOfConditions(answer) || settings.ChecksumsOnlyWhereRequired == true => NoConditions(answer),
            (_, HttpStatusCode.NotImplemented) => Fault.BadConfiguration(
                $"{At} has not implemented something that '{name}' was written with ({code}). "
                    + $"{Sentence(answer.Message)}{Checksums}Where that does not help, it does not keep the condition "
                    + "'If-None-Match: *': use another store. Nothing was changed.",
                answer
            ),
            (_, HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) => NoPermission(
                $"the credentials do not allow what is needed at '{name}' ({code}). Allow s3:GetObject, "
                    + "s3:PutObject, s3:DeleteObject, s3:ListBucket, s3:AbortMultipartUpload and "
                    + "s3:ListBucketMultipartUploads there",
                answer
            ),
            ("SlowDown" or "RequestTimeout" or "Throttling" or "ThrottlingException", _)
            or (
                _,
                >= HttpStatusCode.InternalServerError
                    or HttpStatusCode.TooManyRequests
                    or HttpStatusCode.RequestTimeout
                    or HttpStatusCode.Conflict
                    or 0
            ) => Unavailable(name, $"it answered {code}", answer),
            _ => Fault.BadConfiguration(
                $"{At} refuses '{name}' ({code}). {Sentence(answer.Message)}Nothing was changed.",
                answer
            ),
        };
    }

    /// <summary>Of what the SDK adds, which stores refuse each in words of their own.</summary>
    private Fault Refused(string name, string code, AmazonServiceException answer) =>
        Fault.BadConfiguration(
            $"{At} refuses the checksums of '{name}' ({code}). {Sentence(answer.Message)}{Checksums}Nothing was "
                + "changed.",
            answer
        );

    private string Checksums =>
        settings.ChecksumsOnlyWhereRequired == true
            ? "AWS_REQUEST_CHECKSUM_CALCULATION is when_required already: use another store. "
            : "Set AWS_REQUEST_CHECKSUM_CALCULATION=when_required, as Cloudflare R2, Backblaze B2, Ceph 16 and older "
                + "MinIO need. ";

    private static bool IsOfChecksums(AmazonServiceException answer) =>
        Mentions(
            answer,
            "STREAMING-",
            "aws-chunked",
            "x-amz-checksum",
            "x-amz-sdk-checksum",
            "x-amz-trailer",
            "checksum"
        );

    private static bool IsOfConditions(AmazonServiceException answer) =>
        Mentions(answer, "If-None-Match", "conditional", "precondition");

    private static bool Mentions(AmazonServiceException answer, params string[] words) =>
        words.Any(word => answer.Message?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    private Fault NoCredentials(Exception failure) =>
        new(
            ExitCode.NoPermission,
            $"No credentials were found for the store {settings.StoreUri}: looked in AWS_ACCESS_KEY_ID and "
                + "AWS_SECRET_ACCESS_KEY, the web identity of AWS_WEB_IDENTITY_TOKEN_FILE, the profile AWS_PROFILE "
                + "of ~/.aws, and the role of the container or the machine. Set one of them. Nothing was changed.",
            failure
        );

    private Fault NoPermission(string why, Exception failure) =>
        new(ExitCode.NoPermission, $"{At} cannot be used: {why}. Nothing was changed.", failure);

    private Fault Unavailable(string name, string why, Exception failure) =>
        new(ExitCode.Unavailable, $"{At} failed at '{name}': {why}. The same command takes it up again.", failure);

    private static string Sentence(string? message) =>
        string.IsNullOrWhiteSpace(message) ? "" : $"{message.ReplaceLineEndings(" ").Trim().TrimEnd('.')}. ";

    /// <summary>The exception that says the most: ours or the service's wherever it stands, else the
    /// outermost.</summary>
    private static Exception Cause(Exception failure)
    {
        for (var at = failure; at is not null; at = at.InnerException)
        {
            if (at is Fault or AmazonServiceException)
            {
                return at;
            }
        }

        return failure;
    }
}
