using System.Net;
using System.Net.Sockets;

namespace Trainyard.Tests.Servers;

/// <summary>Ports of 127.0.0.1.</summary>
public static class LocalPorts
{
    /// <summary>A port that nobody listens on, below those that connections take for themselves: it stays free while
    /// a server is stopped.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20000, 32000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
