using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Pipelines;

/// <summary>
/// The fingerprint of a pipeline's folder as its team wrote it: SHA-256 over what <c>sha256sum -z</c> prints of its
/// files (hash,
/// two spaces, name, NUL), in the order of their names' bytes. Files are taken byte for byte; folders bin and obj,
/// plan.json and what
/// begins with a dot are left out. Airflow computes the same in Python (airflow/dags/trainyard_airflow/folder_hash.py).
/// </summary>
public static class FolderHash
{
    public const string PlanFile = "plan.json";

    private static readonly string[] Built = ["bin", "obj"];

    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var (name, file) in Files(new DirectoryInfo(folder), "")
                .Where(file => file.Name != PlanFile)
                .OrderBy(file => Encoding.UTF8.GetBytes(file.Name), ByBytes)
        )
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{Hashes.Of(File.ReadAllBytes(file.FullName))}  {name}\0"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>UTF-16, in which .NET compares, orders what lies beyond its first plane otherwise.</summary>
    private static Comparer<byte[]> ByBytes { get; } =
        Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    private static IEnumerable<(string Name, FileSystemInfo File)> Files(DirectoryInfo folder, string prefix) =>
        folder
            .EnumerateFileSystemInfos()
            .Where(entry => !entry.Name.StartsWith('.'))
            .SelectMany(entry =>
                entry switch
                {
                    DirectoryInfo { LinkTarget: null } inner => Built.Contains(inner.Name)
                        ? []
                        : Files(inner, $"{prefix}{inner.Name}/"),
                    FileInfo => [($"{prefix}{entry.Name}", entry)],
                    _ => Enumerable.Empty<(string, FileSystemInfo)>(),
                }
            );
}
