using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Pipelines;

/// <summary>
/// The fingerprint of what a pipeline's team wrote: the spec, its queries, and the sources in <c>features/</c>, with
/// their lock file. SHA-256 over their hashes and names (hash, two spaces, name, NUL), in the order of the names'
/// bytes. A line ends with LF, however it was checked out. Notes, what is built, and what begins with a dot are left
/// out. Airflow computes the same in Python (airflow/dags/trainyard_airflow/folder_hash.py).
/// </summary>
public static class FolderHash
{
    public const string PlanFile = "plan.json";

    private const string SourcesFolder = "features";

    private static readonly string[] Built = ["bin", "obj"];

    public static string Of(PipelineFolder pipeline) => Of(pipeline.Folder, NamedBy(pipeline.Spec));

    /// <param name="folder">The pipeline's.</param>
    /// <param name="named">The files outside <c>features/</c> that count.</param>
    public static string Of(string folder, IEnumerable<string> named)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var name in named
                .Concat(Sources(new DirectoryInfo(Path.Combine(folder, SourcesFolder)), $"{SourcesFolder}/"))
                .Distinct()
                .OrderBy(Encoding.UTF8.GetBytes, ByBytes)
        )
        {
            var content = WithLineFeeds(File.ReadAllBytes(Path.Combine(folder, name)));
            hash.AppendData(Encoding.UTF8.GetBytes($"{Hashes.Of(content)}  {name}\0"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The spec, and the files of its queries.</summary>
    public static IReadOnlyList<string> NamedBy(Spec spec) =>
        [.. new[] { PipelineFolder.SpecFile, spec.Rows.Sql.Train, spec.Rows.Sql.Score }.Distinct()];

    /// <summary>A text with LF where it has CR and LF.</summary>
    public static byte[] WithLineFeeds(byte[] text) =>
        [.. text.Where((value, at) => value != '\r' || at + 1 == text.Length || text[at + 1] != '\n')];

    /// <summary>UTF-16, in which .NET compares, orders what lies beyond its first plane otherwise.</summary>
    private static Comparer<byte[]> ByBytes { get; } =
        Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    private static IEnumerable<string> Sources(DirectoryInfo folder, string prefix) =>
        folder is not { Exists: true, LinkTarget: null }
            ? []
            : folder
                .EnumerateFileSystemInfos()
                .Where(entry => !entry.Name.StartsWith('.'))
                .SelectMany(entry =>
                    entry is DirectoryInfo inner
                        ? Built.Contains(inner.Name)
                            ? []
                            : Sources(inner, $"{prefix}{inner.Name}/")
                        : entry.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: false }
                        && !entry.Name.EndsWith(".md", StringComparison.Ordinal)
                            ? [$"{prefix}{entry.Name}"]
                            : Enumerable.Empty<string>()
                );
}
