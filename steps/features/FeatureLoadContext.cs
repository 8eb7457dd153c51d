using System.Reflection;
using System.Runtime.Loader;
using Trainyard.Features;

namespace Trainyard.Steps.Features;

/// <summary>
/// Loads a team's DLL and what it needs from beside it. Only .NET itself and the interface of features come from this
/// program: a library that lived on this program's own packages would break when they change.
/// </summary>
internal sealed class FeatureLoadContext(string assembly)
    : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assembly))
{
    private readonly string _folder = Path.GetDirectoryName(assembly)!;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(IFeature).Assembly.GetName().Name)
        {
            return typeof(IFeature).Assembly;
        }

        var beside = Path.Combine(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(beside) ? LoadFromAssemblyPath(beside)
            : IsOfFramework(assemblyName) || !string.IsNullOrEmpty(assemblyName.CultureName) ? null
            : throw new FileNotFoundException(
                $"{assemblyName.Name}.dll is not beside {Name}.dll.",
                assemblyName.FullName
            );
    }

    private static bool IsOfFramework(AssemblyName assemblyName) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, $"{assemblyName.Name}.dll"));
}
