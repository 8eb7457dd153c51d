using System.Reflection;
using System.Runtime.Loader;
using Trainyard.Features;

namespace Trainyard.Steps.Features;

/// <summary>Loads a team's DLL and what it needs from beside it; the interface of features comes from this program, so that both mean the same type.</summary>
internal sealed class FeatureLoadContext(string assembly) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assembly))
{
    private readonly string _folder = Path.GetDirectoryName(assembly)!;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(IFeature).Assembly.GetName().Name)
        {
            return typeof(IFeature).Assembly;
        }

        var beside = Path.Combine(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
    }
}
