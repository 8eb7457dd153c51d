using Trainyard.Pipelines;

namespace Trainyard.Learning.Drift;

/// <summary>The features that tell when a row's cutoff is and nothing else: they are other in every block, and mean
/// nothing by it.</summary>
internal static class CutoffParts
{
    public static IReadOnlySet<string> Of(Definition definition) =>
        definition
            .Features.Derived.Where(derived => derived.Value.Calendar is { } column && column == definition.Rows.Cutoff)
            .SelectMany(derived => FeaturePlan.Expand(derived.Key, derived.Value))
            .Select(planned => planned.Column.Name)
            .ToHashSet(StringComparer.Ordinal);
}
