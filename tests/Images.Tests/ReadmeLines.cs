using System.Text.RegularExpressions;

namespace Trainyard.Tests.Images;

/// <summary>The `docker run` lines of the README: a train run and a score run, once for a folder and a DuckDB file,
/// once for servers. A command that goes on after a backslash is one.</summary>
internal static partial class ReadmeLines
{
    /// <summary>Whose addresses are in the lines.</summary>
    public static IReadOnlyList<string> Embedded => Block("/yard/warehouse.duckdb");

    /// <summary>Which start PostgreSQL and S3, fill the tables and make the first runs without containers.</summary>
    public static IReadOnlyList<string> Services => Block("--profile services");

    /// <summary>Whose addresses come by --env-file.</summary>
    public static IReadOnlyList<string> Servers => Block("--env-file");

    /// <summary>All lines of docs/deployment.md, on the servers' network after the README's.</summary>
    public static IReadOnlyList<string> Deployment => [.. Blocks("docs/deployment.md").SelectMany(LinesOf)];

    private static IReadOnlyList<string> Block(string marker) =>
        LinesOf(Assert.Single(Blocks("README.md"), block => block.Contains(marker, StringComparison.Ordinal)));

    private static IEnumerable<string> Blocks(string file) =>
        File.ReadAllText(Path.Combine(Programs.Root, file))
            .Split("```")
            .Where(block => block.StartsWith("sh\n", StringComparison.Ordinal));

    private static IReadOnlyList<string> LinesOf(string block) =>
        [.. EndOfCommand().Split(block).Skip(1).Where(line => line.Length > 0)];

    [GeneratedRegex(@"(?<!\\)\n")]
    private static partial Regex EndOfCommand();
}
