using System.Reflection;
using Trainyard.Features;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>An instance of a team's feature, with what it says of itself: asked once, since it may throw whenever it
/// is asked.</summary>
internal sealed record LoadedFeature(IFeature Feature, string Name, FeatureKind Kind, IReadOnlyList<string> Inputs)
{
    public static LoadedFeature Make(Type type, string library)
    {
        if (type.GetConstructor([]) is null)
        {
            throw Fault.BadConfiguration(
                $"{type.Name} in {library} has no public constructor without parameters, which a feature "
                    + "needs. Nothing was changed."
            );
        }

        try
        {
            var feature = (IFeature)Activator.CreateInstance(type)!;
            return new LoadedFeature(feature, feature.Name ?? "", feature.Kind, [.. feature.Inputs ?? []]);
        }
        catch (Exception thrown)
        {
            throw Fault.BadConfiguration(
                $"{type.Name} in {library} cannot be made: {Words(thrown)} Nothing was changed.",
                thrown
            );
        }
    }

    /// <summary>Whether the library is to blame, which was built for something else or lacks something, and not what
    /// the feature computes.</summary>
    public static bool IsOfLibrary(Exception thrown) =>
        CauseOf(thrown) is FileLoadException or TypeLoadException or MissingMemberException or BadImageFormatException
        || Missing(CauseOf(thrown)) is not null;

    /// <summary>What was thrown, for a sentence.</summary>
    public static string Words(Exception thrown)
    {
        var cause = CauseOf(thrown);
        return Missing(cause) is { } name
                ? $"{name}.dll is not beside it. Build it with <EnableDynamicLoading>true</EnableDynamicLoading> "
                    + "in its project, which puts there what it needs."
            : IsOfLibrary(thrown)
                ? $"{cause.Message} Build it for .NET {Environment.Version.Major}, against the versions that lie "
                    + "beside it."
            : $"{cause.GetType().Name}: {cause.Message}";
    }

    /// <summary>The assembly that .NET did not find; null for everything else, a feature's own missing file
    /// included.</summary>
    private static string? Missing(Exception cause) =>
        cause is FileNotFoundException { FileName: { } name } && name.Contains(", Version=", StringComparison.Ordinal)
            ? new AssemblyName(name).Name
            : null;

    /// <summary>What lies beneath the exceptions that .NET wraps around what a constructor or an initializer
    /// throws.</summary>
    private static Exception CauseOf(Exception thrown) =>
        thrown switch
        {
            ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => CauseOf(first),
            TargetInvocationException
            or TypeInitializationException
            or FileLoadException
            or AggregateException when thrown.InnerException is { } inner => CauseOf(inner),
            _ => thrown,
        };
}
