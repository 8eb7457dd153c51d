using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Trainyard.Pipelines;

namespace Trainyard.Stores.S3;

/// <summary>Makes the SDK's client from our settings.</summary>
internal static class S3Client
{
    /// <summary>
    /// Before a retry the SDK waits a random part of 50 ms, and of twice as long before each further one. Ten of them
    /// bridge 23 seconds on average, and 7.5 in 99 of 100 requests: about what a store needs to start again, or to let
    /// go of the lock of an upload whose completion was killed. Of nine, 3 in 1,000 gave up within three seconds.
    /// </summary>
    private const int Retries = 10;

    public static AmazonS3Client Create(S3Settings settings)
    {
        try
        {
            return Make(settings);
        }
        catch (Exception problem) when (problem is AmazonClientException or ArgumentException or UriFormatException)
        {
            throw Fault.BadConfiguration(
                $"The store {settings.StoreUri} cannot be opened with the AWS settings of the environment and of "
                    + "~/.aws: "
                    + $"{problem.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Nothing was changed.",
                problem
            );
        }
    }

    private static AmazonS3Client Make(S3Settings settings)
    {
        var config = new AmazonS3Config { HttpClientFactory = new S3HttpClients(settings) };
        var endpoint = settings.Endpoint?.AbsoluteUri ?? config.ServiceURL;
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = settings.Region ?? config.RegionEndpoint?.SystemName ?? "us-east-1";
        }
        else if (settings.Region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        }
        else if (config.RegionEndpoint is null)
        {
            throw Fault.BadConfiguration(
                $"The store {settings.StoreUri} cannot be reached without its region: set AWS_REGION, or "
                    + "AWS_ENDPOINT_URL for a store outside AWS. Nothing was changed."
            );
        }

        config.ForcePathStyle = settings.PathStyle ?? endpoint is not null;
        config.MaxErrorRetry = settings.AttemptsAreSet ? config.MaxErrorRetry : Retries;

        // All clients of a process share a budget of retries that four parts in flight use up in one outage; after
        // that nothing is tried twice.
        config.ThrottleRetries = false;
        if (settings.ChecksumsOnlyWhereRequired is { } checksums)
        {
            config.RequestChecksumCalculation = checksums
                ? RequestChecksumCalculation.WHEN_REQUIRED
                : RequestChecksumCalculation.WHEN_SUPPORTED;
        }

        if (settings.ValidationOnlyWhereRequired is { } validation)
        {
            config.ResponseChecksumValidation = validation
                ? ResponseChecksumValidation.WHEN_REQUIRED
                : ResponseChecksumValidation.WHEN_SUPPORTED;
        }

        return settings switch
        {
            { AccessKey: { } key, SecretKey: { } secret, SessionToken: { } token } => new AmazonS3Client(
                new SessionAWSCredentials(key, secret, token),
                config
            ),
            { AccessKey: { } key, SecretKey: { } secret } => new AmazonS3Client(
                new BasicAWSCredentials(key, secret),
                config
            ),
            _ => new AmazonS3Client(config),
        };
    }
}
