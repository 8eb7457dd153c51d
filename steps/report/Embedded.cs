using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Steps.Report;

/// <summary>Scripts and styles that every report carries.</summary>
internal static class Embedded
{
    /// <summary>In the order they must run.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
    ["d3-7.9.2.min.js", "plot-0.6.17.umd.min.js", "marks.js", "report.js"];

    public const string Style = "report.css";

    public static byte[] Bytes(string name)
    {
        using var stream =
            typeof(Embedded).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    /// <summary>How a content security policy names a script that may run.</summary>
    public static string PolicySource(string script) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
