using System.Reflection;
using System.Security.Cryptography;
using Trainyard.Stores;

namespace Trainyard.Hosting;

/// <summary>Who is running: version, commit, and a fingerprint of the program's own assemblies.</summary>
public static class ThisProgram
{
    /// <summary>With the commit, where the build knew it: <c>1.0.0+5c781bd…</c>.</summary>
    public static string Version { get; } =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    public static Producer Describe(IReadOnlyDictionary<string, string> environment)
    {
        var version = Version.Split('+', 2);
        return new Producer
        {
            Version = version[0],
            Commit = version is [_, var commit] ? commit : null,
            Fingerprint = Fingerprint(),
            Image = EnvironmentVariables.Get<string>(environment, "TRAINYARD_IMAGE", text => text, "an image"),
        };
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var own = Directory
            .EnumerateFiles(AppContext.BaseDirectory, "Trainyard.*.dll")
            .Append(Assembly.GetEntryAssembly()?.Location ?? "");
        foreach (var file in own.Where(File.Exists).Order(StringComparer.Ordinal))
        {
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
