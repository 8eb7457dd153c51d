using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Trainyard.Tests.Servers;

/// <summary>
/// Stands between a program and a server and does what networks do: cuts connections, refuses them, slows them down.
/// Starts on making,
/// on a free port of 127.0.0.1.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, Socket> _pairs = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private long _carried;
    private long _left = long.MaxValue;

    public TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Whether new connections are closed at once, as by a server that is not there.</summary>
    public bool Refuses { get; set; }

    /// <summary>Bytes a second that each direction of a connection carries; null for as fast as can be.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>Bytes carried so far, both directions of all connections.</summary>
    public long Carried => Interlocked.Read(ref _carried);

    /// <summary>Cuts all connections in the middle of whatever they carry; new ones are taken.</summary>
    public void Cut()
    {
        foreach (var (client, server) in _pairs)
        {
            Reset(client);
            Reset(server);
        }
    }

    /// <summary>Cuts all connections, once, when that many more bytes have been carried.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref _left, bytes);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    /// <summary>With a reset, not a polite end; a connection may be ending by itself meanwhile.</summary>
    private static void Reset(Socket connection)
    {
        try
        {
            connection.LingerState = new LingerOption(true, 0);
            connection.Dispose();
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // It has ended.
        }
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception ended)
                when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        var connection = client.Client;
        using (client)
        {
            client.NoDelay = true;
            try
            {
                if (Refuses)
                {
                    client.LingerState = new LingerOption(true, 0);
                    return;
                }

                await server.ConnectAsync(_host, _port, _end.Token);
                _pairs[connection] = server.Client;
                await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
            }
            catch (Exception cut)
                when (cut
                        is IOException
                            or SocketException
                            or ObjectDisposedException
                            or InvalidOperationException
                            or OperationCanceledException
                )
            {
                // What a connection that breaks looks like from here.
            }
            finally
            {
                _pairs.TryRemove(connection, out _);
            }
        }
    }

    /// <summary>Carries one direction until its sender ends it; when it breaks, the other is broken too.</summary>
    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (
                await from.GetStream().ReadAsync(buffer.AsMemory(0, Piece(buffer.Length)), _end.Token)
                    is var read
                        and > 0
            )
            {
                var left = Interlocked.Add(ref _left, -read);
                await to.GetStream()
                    .WriteAsync(buffer.AsMemory(0, (int)Math.Max(0, read + Math.Min(left, 0))), _end.Token);
                Interlocked.Add(ref _carried, read);
                if (left <= 0)
                {
                    Interlocked.Exchange(ref _left, long.MaxValue);
                    Cut();
                }

                if (BytesPerSecond is not null)
                {
                    await Task.Delay(100, _end.Token);
                }
            }

            to.Client?.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            from.Dispose();
            to.Dispose();
            throw;
        }
    }

    /// <summary>A trickle comes in small pieces, ten a second.</summary>
    private int Piece(int most) => BytesPerSecond is { } rate ? Math.Clamp(rate / 10, 1, most) : most;
}
