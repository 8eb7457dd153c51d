using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Trainyard.Tests.Servers;

/// <summary>
/// Takes connections as PostgreSQL or a pooler does, asks for a password, and then refuses in given words: for what
/// a server of one's own cannot be brought to say. Starts on making.
/// </summary>
public sealed class ScriptedPostgres : IAsyncDisposable
{
    private const int TlsRequest = 80877103;

    private readonly Socket _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private readonly string _sqlState;
    private readonly string _message;

    /// <param name="socketFolder">Where to listen as PostgreSQL does on a socket; else on a port of 127.0.0.1.</param>
    /// <param name="sqlState">What it refuses with.</param>
    /// <param name="message">And in which words.</param>
    public ScriptedPostgres(string sqlState, string message, string? socketFolder = null)
    {
        (_sqlState, _message) = (sqlState, message);
        EndPoint place = socketFolder is null
            ? new IPEndPoint(IPAddress.Loopback, 0)
            : new UnixDomainSocketEndPoint(Path.Combine(socketFolder, ".s.PGSQL.5432"));
        _listener = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(place);
        _listener.Listen();
        Port = _listener.LocalEndPoint is IPEndPoint ip ? ip.Port : 5432;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>With which it answers a request for TLS; without one it has none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether it wants to see a certificate, and believes none.</summary>
    public bool RefusesCertificates { get; init; }

    /// <summary>How often somebody came.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync(_end.Token);
                Connections++;
                _ = AnswerAsync(connection);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        Stream stream = new NetworkStream(connection, ownsSocket: true);
        try
        {
            var startup = await ReadAsync(stream, tagged: false);
            if (startup.Length == 4 && BinaryPrimitives.ReadInt32BigEndian(startup) == TlsRequest)
            {
                await stream.WriteAsync(Certificate is null ? "N"u8.ToArray() : "S"u8.ToArray());
                if (Certificate is not null)
                {
                    var tls = new SslStream(stream);
                    stream = tls;
                    await tls.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions
                        {
                            ServerCertificate = Certificate,
                            ClientCertificateRequired = RefusesCertificates,
                            RemoteCertificateValidationCallback = (_, _, _, _) => !RefusesCertificates,
                        }
                    );
                }

                await ReadAsync(stream, tagged: false);
            }

            // Authentication by a password in clear text, and whatever it is: no.
            await stream.WriteAsync(new byte[] { (byte)'R', 0, 0, 0, 8, 0, 0, 0, 3 });
            await ReadAsync(stream, tagged: true);
            var fields = Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C{_sqlState}\0M{_message}\0\0");
            var refusal = new byte[fields.Length + 5];
            refusal[0] = (byte)'E';
            BinaryPrimitives.WriteInt32BigEndian(refusal.AsSpan(1), fields.Length + 4);
            fields.CopyTo(refusal, 5);
            await stream.WriteAsync(refusal);
        }
        catch (Exception ended) when (ended is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side has had enough.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    /// <summary>The body of a message; all but the first begin with a letter.</summary>
    private static async Task<byte[]> ReadAsync(Stream stream, bool tagged)
    {
        var head = new byte[tagged ? 5 : 4];
        await stream.ReadExactlyAsync(head);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4)) - 4];
        await stream.ReadExactlyAsync(body);
        return body;
    }
}
