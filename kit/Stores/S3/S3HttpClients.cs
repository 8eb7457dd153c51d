using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime;
using Trainyard.Pipelines;

namespace Trainyard.Stores.S3;

/// <summary>The connections to the store: none waits without end, and all trust the authorities of
/// <c>AWS_CA_BUNDLE</c>.</summary>
internal sealed class S3HttpClients(S3Settings settings) : HttpClientFactory
{
    /// <summary>For one attempt of one request until its answer begins. A part of 8 MiB needs 140 kB/s to arrive in
    /// time.</summary>
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(60);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        };
        if (settings.CaBundle is not null)
        {
            connections.SslOptions.CertificateChainPolicy = Trusting(settings.CaBundle);
        }

        return new HttpClient(new S3Requests(connections)) { Timeout = Attempt };
    }

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;

    /// <summary>Null: a client of the SDK has an HTTP client of its own.</summary>
    public override string? GetConfigUniqueString(IClientConfig clientConfig) => null;

    private static X509ChainPolicy Trusting(string bundle)
    {
        // The bundle takes the place of the system's authorities, as it does for the SDKs of other languages.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(bundle);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Fault.BadConfiguration(
                $"AWS_CA_BUNDLE names '{bundle}', which cannot be read as a PEM file of certificates: "
                    + $"{problem.Message} Nothing was changed.",
                problem
            );
        }

        return policy;
    }

    /// <summary>
    /// Sends no <c>Expect: 100-continue</c>: a gateway of Ceph that refuses a small body unread garbles the next
    /// request on the same
    /// connection, and for our small objects the round trip costs more than the body. And calls a connection that was
    /// reset at
    /// the moment it was made what the SDK retries; .NET lets that one socket error through as it is.
    /// </summary>
    private sealed class S3Requests(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            request.Headers.ExpectContinue = false;
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (SocketException reset)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, reset.Message, reset);
            }
        }
    }
}
