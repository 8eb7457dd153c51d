using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Util;
using Xunit;

namespace Trainyard.Tests.Servers;

/// <summary>
/// An S3 server: the one that TRAINYARD_TEST_S3 names (its endpoint, with AWS_ACCESS_KEY_ID and
/// AWS_SECRET_ACCESS_KEY), else one that is started.
/// Call <see cref="UseAsync"/> in a test or its InitializeAsync, not in a fixture: where there is no server, it skips
/// the test.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    private const string PortSetting = "TRAINYARD_S3_PORT";

    private static readonly Lazy<Task<S3Server>> OfThisProgram = new(() =>
        Environment.GetEnvironmentVariable("TRAINYARD_TEST_S3") is { Length: > 0 } endpoint
            ? Task.FromResult(Named(endpoint))
            : StartNewAsync(store: "memstore")
    );

    private readonly ServerProcess? _process;

    private S3Server(ServerProcess? process, string endpoint, string accessKey, string secretKey)
    {
        _process = process;
        (Endpoint, AccessKey, SecretKey) = (endpoint, accessKey, secretKey);
        Client = ClientFor(endpoint);
    }

    /// <summary>http://127.0.0.1:port.</summary>
    public string Endpoint { get; }

    public string AccessKey { get; }

    public string SecretKey { get; }

    /// <summary>A client with all rights.</summary>
    public IAmazonS3 Client { get; }

    /// <summary>Whether it can be stopped and started: it was started by the tests.</summary>
    public bool CanRestart => _process is not null;

    /// <summary>What a child process needs in its environment to reach this server.</summary>
    public IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = Endpoint,
            ["AWS_ACCESS_KEY_ID"] = AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
            ["AWS_REGION"] = "us-east-1",
            // Ceph 16 and older stores need it (aws-sdk-net#3615); it harms none.
            ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_required",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };

    /// <summary>The server that all tests of this program share, started by the first of them; each makes buckets of
    /// its own.</summary>
    public static Task<S3Server> UseAsync() => OrSkipAsync(OfThisProgram.Value);

    /// <summary>A server of the test's own, to be stopped and started; dispose of it.</summary>
    public static Task<S3Server> StartOwnAsync() => OrSkipAsync(StartNewAsync(store: "bluestore"));

    /// <summary>Makes an empty bucket and returns its name.</summary>
    public async Task<string> CreateBucketAsync()
    {
        var bucket = $"test-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        await Client.PutBucketAsync(bucket);
        return bucket;
    }

    /// <summary>Deletes a bucket with all that is in it.</summary>
    public Task DeleteBucketAsync(string bucket) => AmazonS3Util.DeleteS3BucketWithObjectsAsync(Client, bucket);

    /// <summary>A client with all rights that reaches the server by another address, such as a proxy's.</summary>
    public IAmazonS3 ClientFor(string endpoint) =>
        new AmazonS3Client(
            new BasicAWSCredentials(AccessKey, SecretKey),
            new AmazonS3Config
            {
                ServiceURL = endpoint,
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            }
        );

    /// <summary>Stops it: nobody listens on its port until it is started again.</summary>
    public Task StopAsync() => Process.CommandAsync("stop");

    /// <summary>Starts it again, on the same port, with its data if it is the test's own (the shared one keeps them
    /// in memory).</summary>
    public Task StartAsync() => Process.CommandAsync("start");

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _process?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private ServerProcess Process =>
        _process
        ?? throw new InvalidOperationException("Only a server that the tests started can be stopped: see CanRestart.");

    private static S3Server Named(string endpoint) =>
        new(null, endpoint.TrimEnd('/'), Required("AWS_ACCESS_KEY_ID"), Required("AWS_SECRET_ACCESS_KEY"));

    private static string Required(string variable) =>
        Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"TRAINYARD_TEST_S3 needs {variable} beside it.");

    private static async Task<S3Server> StartNewAsync(string store)
    {
        var (accessKey, secretKey) = (
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10)),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20))
        );
        var process = await ServerProcess.StartAsync(
            "s3",
            () =>
                new Dictionary<string, string>
                {
                    ["TRAINYARD_S3_ACCESS_KEY"] = accessKey,
                    ["TRAINYARD_S3_SECRET_KEY"] = secretKey,
                    [PortSetting] = $"{LocalPorts.Free()}",
                    ["TRAINYARD_S3_MONITOR_PORT"] = $"{LocalPorts.Free()}",
                    ["TRAINYARD_S3_STORE"] = store,
                    ["TRAINYARD_S3_BUCKETS"] = "",
                    // The compose file asks for it whichever service is started.
                    ["TRAINYARD_POSTGRES_PASSWORD"] = "unused",
                }
        );
        return new S3Server(process, $"http://127.0.0.1:{process.Settings[PortSetting]}", accessKey, secretKey);
    }

    private static async Task<S3Server> OrSkipAsync(Task<S3Server> server)
    {
        try
        {
            return await server;
        }
        catch (NoServerException none)
        {
            Assert.Skip($"needs an S3 server: TRAINYARD_TEST_S3, Docker, or Ceph's programs ({none.Message})");
            throw;
        }
    }
}
