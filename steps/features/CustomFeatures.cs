using System.Reflection;
using Trainyard.Datasets;
using Trainyard.Features;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Features;

/// <summary>
/// The C# features of a pipeline: its DLL, as the run froze it, in a load context of its own. Only the interface
/// <see cref="IFeature"/> is shared with it.
/// </summary>
internal sealed class CustomFeatures : IDisposable
{
    private readonly DirectoryInfo? _folder;
    private readonly IReadOnlyList<Type> _types;
    private readonly IReadOnlyList<Column> _columns;

    private CustomFeatures(DirectoryInfo? folder, IReadOnlyList<Type> types, IReadOnlyList<Column> columns) => (_folder, _types, _columns) = (folder, types, columns);

    /// <summary>Loads the features that the definition names, if it names any. Their DLLs are hash-checked before they are loaded.</summary>
    public static async Task<CustomFeatures> LoadAsync(StepContext context, IReadOnlyList<Column> input, CancellationToken cancel)
    {
        if (context.File.Definition.Features.Assembly is not { } assembly)
        {
            return new CustomFeatures(null, [], []);
        }

        var folder = Directory.CreateTempSubdirectory("trainyard-features-");
        try
        {
            foreach (var file in context.File.DefinitionFiles.Where(file => file.File.EndsWith(".dll", StringComparison.Ordinal)))
            {
                await using var source = await RunFolder.OpenVerifiedAsync(context.Run.Store, context.Run.DefinitionName("").TrimEnd('/'), file, cancel);
                await using var target = File.Create(Path.Combine(folder.FullName, Path.GetFileName(file.File)));
                await source.CopyToAsync(target, cancel);
            }

            var types = FeatureTypes(Path.Combine(folder.FullName, Path.GetFileName(assembly)), assembly);
            var features = types.Select(type => Make(type, assembly)).ToList();
            CheckNames(features, context.File, input, assembly);
            return new CustomFeatures(folder, types, [.. features.Select(feature => new Column(feature.Name, feature.Kind == FeatureKind.Number ? ColumnType.Double : ColumnType.Text, Nullable: true))]);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>All columns of the features dataset: the plan's, then those of the C# features in the order of their names.</summary>
    public IReadOnlyList<Column> Columns(IReadOnlyList<PlannedColumn> plan) => [.. plan.Select(planned => planned.Column), .. _columns];

    /// <summary>New instances of all features, for one part.</summary>
    public IEnumerable<Computation> Computations(DatasetReader reader, RunFile file) =>
        _types.Select(type => new CustomComputation(Make(type, type.Assembly.GetName().Name!), reader, file)).ToList();

    public void Dispose() => _folder?.Delete(recursive: true);

    private static List<Type> FeatureTypes(string path, string assembly)
    {
        try
        {
            var types = new FeatureLoadContext(path).LoadFromAssemblyPath(path).GetExportedTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFeature)))
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .ToList();
            return types.Count > 0 ? types : throw Fault.BadConfiguration($"{assembly} holds no public class that implements Trainyard.Features.IFeature. Nothing was changed.");
        }
        catch (Exception broken) when (broken is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException or ReflectionTypeLoadException)
        {
            var cause = broken is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first : broken;
            throw Fault.BadConfiguration($"{assembly} cannot be loaded by .NET {Environment.Version.Major}: {cause.Message.ReplaceLineEndings(" ")} Build it for this .NET, with its dependencies beside it. Nothing was changed.", broken);
        }
    }

    private static IFeature Make(Type type, string assembly)
    {
        try
        {
            return (IFeature)Activator.CreateInstance(type)!;
        }
        catch (Exception broken) when (broken is MissingMethodException or TargetInvocationException or FileNotFoundException or TypeLoadException)
        {
            throw Fault.BadConfiguration($"{type.Name} in {assembly} cannot be made: {(broken.InnerException ?? broken).Message.ReplaceLineEndings(" ")} A feature has a public constructor without parameters. Nothing was changed.", broken);
        }
    }

    private static void CheckNames(List<IFeature> features, RunFile file, IReadOnlyList<Column> input, string assembly)
    {
        var taken = FeaturePlan.Of(file.Definition, input, file.Kind).Select(planned => planned.Column.Name).ToHashSet();
        foreach (var feature in features)
        {
            if (!taken.Add(feature.Name))
            {
                throw Fault.BadConfiguration($"{assembly} has a feature '{feature.Name}', and there is another column of this name. Nothing was changed.");
            }

            foreach (var name in feature.Inputs)
            {
                if (name == file.Definition.Label.Column)
                {
                    throw Fault.BadConfiguration($"The feature '{feature.Name}' in {assembly} reads the label '{name}', which nobody knows when the row is scored. Nothing was changed.");
                }

                if (input.All(column => column.Name != name))
                {
                    throw Fault.BadConfiguration($"The feature '{feature.Name}' in {assembly} reads the column '{name}', which the query does not return.{Nearest.Hint(name, input.Select(column => column.Name))} Nothing was changed.");
                }
            }
        }
    }
}
