using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Trainyard.Pipelines;

/// <summary>
/// Whether the step features will be able to load a team's DLL, by what the DLL says of itself: a run should not read
/// its
/// rows before that is known. Nothing is loaded here.
/// </summary>
public static class AssemblyChecks
{
    private const string Interface = "Trainyard.Features";

    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>What is wrong with the DLL, and how to mend it; null for one that can be loaded.</summary>
    public static string? Problem(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        using var file = File.OpenRead(path);
        return Problem(
            file,
            name => File.Exists(Path.Combine(folder, name)),
            Directory.Exists(Path.Combine(folder, "runtimes")) || Directory.EnumerateFiles(folder, "*.so").Any()
        );
    }

    /// <param name="dll">The DLL, from its beginning.</param>
    /// <param name="isBeside">Whether a file of this name lies beside it.</param>
    /// <param name="hasNativeCode">Whether native code lies beside it.</param>
    public static string? Problem(Stream dll, Func<string, bool> isBeside, bool hasNativeCode)
    {
        using var file = new PEReader(dll, PEStreamOptions.LeaveOpen);
        if (!IsAssembly(file))
        {
            return "is no .NET assembly; build it again";
        }

        var metadata = file.GetMetadataReader();
        var references = metadata
            .AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Select(found => (Name: metadata.GetString(found.Name), found.Version))
            .ToList();
        var ours = typeof(AssemblyChecks).Assembly.GetName().Version!;
        return references.FirstOrDefault(reference =>
                VersionInFramework(reference.Name) is { } version && reference.Version > version
            )
                is { Name: not null } newer
                ? $"was built for .NET {newer.Version.Major}, and the steps run on .NET "
                    + $"{Environment.Version.Major}; write "
                    + $"<TargetFramework>net{Environment.Version.Major}.0</TargetFramework> in its project"
            : references.FirstOrDefault(reference =>
                reference.Name == Interface
                && (reference.Version.Major, reference.Version.Minor).CompareTo((ours.Major, ours.Minor)) > 0
            )
                is { Name: not null } newerInterface
                ? $"was built with {Interface} {newerInterface.Version.ToString(3)}, and the steps have "
                    + $"{ours.ToString(3)}; use steps of that version, or that version of the package"
            : hasNativeCode
                ? "depends on native code (the .so files beside it, or its folder runtimes), which does not "
                    + "travel with a model; depend on managed code only"
            : references.FirstOrDefault(reference =>
                reference.Name != Interface
                && VersionInFramework(reference.Name) is null
                && !isBeside($"{reference.Name}.dll")
            )
                is { Name: not null } missing
                ? $"needs {missing.Name}.dll, which is not beside it; write "
                    + "<EnableDynamicLoading>true</EnableDynamicLoading> in its project, so that a build puts there "
                    + "what it needs"
            : null;
    }

    /// <summary>The version of an assembly of .NET itself; null for all others.</summary>
    private static Version? VersionInFramework(string name) =>
        Path.Combine(Framework, $"{name}.dll") is var path && File.Exists(path)
            ? System.Reflection.AssemblyName.GetAssemblyName(path).Version
            : null;

    private static bool IsAssembly(PEReader file)
    {
        try
        {
            return file.HasMetadata && file.GetMetadataReader().IsAssembly;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
