namespace Trainyard.Tests.Images;

/// <summary>The `docker run` lines of the README: a train run and a score run, once for a folder and a DuckDB file,
/// once for servers.</summary>
internal static class ReadmeLines
{
    /// <summary>Whose addresses are in the lines.</summary>
    public static IReadOnlyList<string> Embedded => Block("/yard/warehouse.duckdb");

    /// <summary>Whose addresses come by --env-file.</summary>
    public static IReadOnlyList<string> Servers => Block("--env-file");

    private static IReadOnlyList<string> Block(string marker)
    {
        var blocks = File.ReadAllText(Path.Combine(Programs.Root, "README.md"))
            .Split("```")
            .Where(block =>
                block.StartsWith("sh\n", StringComparison.Ordinal) && block.Contains(marker, StringComparison.Ordinal)
            );
        return [.. Assert.Single(blocks).Split('\n').Skip(1).Where(line => line.Length > 0)];
    }
}
