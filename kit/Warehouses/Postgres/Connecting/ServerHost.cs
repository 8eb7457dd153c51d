using System.Globalization;
using System.Net;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>Where a server listens: a name or an IP address, or the folder of a socket, with the port.</summary>
internal sealed record ServerHost(string Name, int Port)
{
    private const int DefaultPort = 5432;

    private static readonly string[] SocketFolders = ["/var/run/postgresql", "/tmp"];

    /// <summary>A folder, or a name in the abstract namespace.</summary>
    public bool IsSocket => Name is ['/' or '@', ..];

    public string WithPort => $"{(!IsSocket && Name.Contains(':') ? $"[{Name}]" : Name)}:{Port}";

    /// <summary>Hosts and ports are lists of one length, or one port is for all. A host that is left out is this
    /// machine's.</summary>
    public static IReadOnlyList<ServerHost> Read(string? host, string? port)
    {
        var names = (host ?? "").Split(',');
        var ports = (port ?? "").Split(',').Select(PortOf).ToList();
        return ports.Count == 1 ? [.. names.Select(name => new ServerHost(NameOf(name, ports[0]), ports[0]))]
            : ports.Count == names.Length ? [.. names.Zip(ports, (name, own) => new ServerHost(NameOf(name, own), own))]
            : throw Fault.Usage(
                $"The warehouse has {names.Length} hosts and {ports.Count} ports: give one port, or one for "
                    + "each host. Nothing was changed."
            );
    }

    /// <summary>The address of a database, without a password.</summary>
    public static string Uri(string user, string database, IReadOnlyList<ServerHost> hosts)
    {
        (user, database) = (System.Uri.EscapeDataString(user), System.Uri.EscapeDataString(database));
        if (hosts is [{ IsSocket: true } socket])
        {
            var folder = System.Uri.EscapeDataString(socket.Name).Replace("%2F", "/", StringComparison.Ordinal);
            return $"postgresql://{user}@/{database}?host={folder}"
                + (socket.Port == DefaultPort ? "" : $"&port={socket.Port}");
        }

        var all = string.Join(
            ',',
            hosts
                .Select(host => host.IsSocket ? host with { Name = System.Uri.EscapeDataString(host.Name) } : host)
                .Select(host => host.WithPort)
        );
        var where = hosts is [{ Port: DefaultPort }] ? all[..all.LastIndexOf(':')] : all;
        return $"postgresql://{user}@{where}/{database}";
    }

    /// <remarks>Not with the text: a piece of a password ends here where its '/' is not encoded.</remarks>
    private static int PortOf(string text) =>
        text.Length == 0 ? DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
        : throw Fault.Usage(
            "What stands where the address of the warehouse has its port is no number from 1 to 65535. If it is a "
                + "piece of a password, write %2F for '/', %3F for '?', %40 for '@' and %3A for ':' in that. Nothing "
                + "was changed."
        );

    /// <summary>Without a host psql takes the socket of this machine's server.</summary>
    private static string NameOf(string text, int port) =>
        text.Length == 0
            ? SocketFolders.FirstOrDefault(folder => File.Exists($"{folder}/.s.PGSQL.{port}")) ?? "localhost"
        : text[0] is '/' or '@'
        || IPAddress.TryParse(text, out _)
        || text.All(character => char.IsLetterOrDigit(character) || character is '.' or '-' or '_')
            ? text
        : throw Fault.Usage(
            "What stands where the address of the warehouse has its host is no name of one, no IP address, and no "
                + "folder of a socket, which begins with '/'. Nothing was changed."
        );
}
