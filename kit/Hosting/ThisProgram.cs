using System.Reflection;
using System.Security.Cryptography;
using Trainyard.Stores;

namespace Trainyard.Hosting;

/// <summary>Who is running: version, commit, and a fingerprint of the program's own assemblies.</summary>
internal static class ThisProgram
{
    public static Producer Describe(IReadOnlyDictionary<string, string> environment)
    {
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return new Producer
        {
            Version = version.Split('+')[0],
            Commit = version.Split('+') is [_, var commit] ? commit : null,
            Fingerprint = Fingerprint(),
            Image = environment.GetValueOrDefault("TRAINYARD_IMAGE"),
        };
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var own = Directory.EnumerateFiles(AppContext.BaseDirectory, "Trainyard.*.dll").Append(Assembly.GetEntryAssembly()?.Location ?? "");
        foreach (var file in own.Where(File.Exists).Order(StringComparer.Ordinal))
        {
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
