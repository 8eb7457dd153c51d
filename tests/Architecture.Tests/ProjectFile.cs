using System.Reflection;
using System.Xml.Linq;

namespace Trainyard.Tests.Architecture;

/// <summary>What a project file says it references.</summary>
internal sealed record ProjectFile(
    string Name,
    bool IsKit,
    IReadOnlyList<string> Projects,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> PrivatePackages
)
{
    public static string Root { get; } =
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "RepositoryRoot")
            .Value!;

    /// <summary>Every project of the repository but the tests.</summary>
    public static IReadOnlyList<ProjectFile> All() =>
        [
            .. new[] { "kit", "steps", "cli", "sample", "pipelines" }
                .SelectMany(folder =>
                    Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
                )
                .Select(path =>
                    Parse(
                        Path.GetFileNameWithoutExtension(path),
                        path.StartsWith(Path.Combine(Root, "kit"), StringComparison.Ordinal),
                        File.ReadAllText(path)
                    )
                ),
        ];

    public static ProjectFile Parse(string name, bool isKit, string xml)
    {
        var items = XDocument.Parse(xml).Descendants().ToList();
        var packages = items.Where(item => item.Name.LocalName == "PackageReference").ToList();
        return new ProjectFile(
            name,
            isKit,
            [
                .. items
                    .Where(item => item.Name.LocalName == "ProjectReference")
                    .Select(item =>
                        Path.GetFileNameWithoutExtension((string)item.Attribute("Include")!.Value.Replace('\\', '/'))
                    ),
            ],
            [.. packages.Select(item => item.Attribute("Include")!.Value)],
            [
                .. packages
                    .Where(item => item.Attribute("PrivateAssets")?.Value is "compile" or "all")
                    .Select(item => item.Attribute("Include")!.Value),
            ]
        );
    }
}
