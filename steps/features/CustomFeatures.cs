using System.Text.RegularExpressions;
using Trainyard.Datasets;
using Trainyard.Features;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Features;

/// <summary>
/// The C# features of a pipeline: its DLL, as the run froze it, in a load context of its own. Only the interface
/// <see cref="IFeature"/> is shared with it.
/// </summary>
internal sealed partial class CustomFeatures : IDisposable
{
    private readonly DirectoryInfo? _folder;
    private readonly IReadOnlyList<Type> _types;
    private readonly IReadOnlyList<Column> _columns;

    private CustomFeatures(DirectoryInfo? folder, IReadOnlyList<Type> types, IReadOnlyList<Column> columns) =>
        (_folder, _types, _columns) = (folder, types, columns);

    /// <summary>Loads the features that the definition names, if it names any. Their DLLs are hash-checked before
    /// they are loaded.</summary>
    public static async Task<CustomFeatures> LoadAsync(
        RunFolder run,
        RunFile file,
        IReadOnlyList<Column> input,
        CancellationToken cancel
    )
    {
        if (file.Definition.Features.Assembly is not { } assembly)
        {
            return new CustomFeatures(null, [], []);
        }

        var folder = Directory.CreateTempSubdirectory("trainyard-features-");
        try
        {
            foreach (
                var dll in file.DefinitionFiles.Where(stored => stored.File.EndsWith(".dll", StringComparison.Ordinal))
            )
            {
                await using var source = await RunFolder.OpenVerifiedAsync(
                    run.Store,
                    run.DefinitionFolder,
                    dll,
                    cancel
                );
                await using var target = File.Create(Path.Combine(folder.FullName, Path.GetFileName(dll.File)));
                await source.CopyToAsync(target, cancel);
            }

            var library = $"{assembly} of pipeline '{file.Pipeline}'";
            var types = FeatureTypes(Path.Combine(folder.FullName, Path.GetFileName(assembly)), library);
            var features = types.Select(type => LoadedFeature.Make(type, library)).ToList();
            Check(features, file, input, library);
            return new CustomFeatures(
                folder,
                types,
                [
                    .. features.Select(feature => new Column(
                        feature.Name,
                        feature.Kind == FeatureKind.Number ? ColumnType.Double : ColumnType.Text,
                        Nullable: true
                    )),
                ]
            );
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>All columns of the features dataset: the plan's, then those of the C# features in the order of their
    /// names.</summary>
    public IReadOnlyList<Column> Columns(IReadOnlyList<PlannedColumn> plan) =>
        [.. plan.Select(planned => planned.Column), .. _columns];

    /// <summary>New instances of all features, for one part.</summary>
    public IEnumerable<Computation> Computations(DatasetReader reader, RunFile file) =>
        _types
            .Select(type => new CustomComputation(
                LoadedFeature.Make(type, $"{file.Definition.Features.Assembly} of pipeline '{file.Pipeline}'"),
                reader,
                file
            ))
            .ToList();

    public void Dispose() => _folder?.Delete(recursive: true);

    private static List<Type> FeatureTypes(string path, string library)
    {
        try
        {
            var types = new FeatureLoadContext(path)
                .LoadFromAssemblyPath(path)
                .GetExportedTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFeature)))
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .ToList();
            return types.Count > 0
                ? types
                : throw Fault.BadConfiguration(
                    $"{library} holds no public class that implements Trainyard.Features.IFeature. Nothing was changed."
                );
        }
        catch (Exception broken) when (LoadedFeature.IsOfLibrary(broken))
        {
            throw Fault.BadConfiguration(
                $"{library} cannot be loaded: {LoadedFeature.Words(broken)} Nothing was changed.",
                broken
            );
        }
    }

    private static void Check(List<LoadedFeature> features, RunFile file, IReadOnlyList<Column> input, string library)
    {
        var returned = input.Select(column => column.Name).Append(file.Definition.Label?.Column).ToHashSet();
        var planned = FeaturePlan
            .Of(file.Definition, input, RunShape.Of(file.Kind))
            .Select(planned => planned.Column.Name)
            .ToHashSet();
        var named = new Dictionary<string, string>();
        foreach (var feature in features)
        {
            var type = feature.Feature.GetType().Name;
            var problem =
                !ColumnName().IsMatch(feature.Name) ? "whose name is not lower case letters, digits and underscores"
                : named.TryGetValue(feature.Name, out var other) ? $"and {other} has that name too"
                : returned.Contains(feature.Name) ? "and the query returns a column of that name"
                : planned.Contains(feature.Name) ? "and the spec derives a feature of that name"
                : Problem(feature, file, input);
            if (problem is not null)
            {
                throw Fault.BadConfiguration(
                    $"{type} in {library} is the feature '{feature.Name}', "
                        + $"{problem}{(problem.EndsWith('?') ? "" : ".")} Nothing was changed."
                );
            }

            named[feature.Name] = type;
        }
    }

    /// <summary>What is wrong with a feature's inputs. The label is no column of a score run, and is named for what
    /// it is in both.</summary>
    private static string? Problem(LoadedFeature feature, RunFile file, IReadOnlyList<Column> input)
    {
        if (feature.Inputs is not [_, ..] inputs)
        {
            return "which has no inputs; a feature is computed from its row";
        }

        if (file.Definition.Label is { } label && inputs.Contains(label.Column))
        {
            return $"which reads the label '{label.Column}', which nobody knows when the row is scored";
        }

        var names = input.Select(column => column.Name).ToList();
        return inputs.FirstOrDefault(name => !names.Contains(name)) is { } missing
            ? (
                $"which reads the column '{missing}' that the query does not return." + Nearest.Hint(missing, names)
            ).TrimEnd('.')
            : null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z")]
    private static partial Regex ColumnName();
}
