using System.Collections.Frozen;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Data;

/// <summary>Which columns of a features dataset are what: the features are all those that are neither key, cutoff,
/// label nor a forecast that is not learned from.</summary>
public sealed record FrameLayout
{
    public required IReadOnlyList<Column> Columns { get; init; }
    public required IReadOnlyList<string> Key { get; init; }
    public string? Cutoff { get; init; }

    /// <summary>Null where the dataset has no label, as in a score run.</summary>
    public string? Label { get; init; }

    /// <summary>A naive forecast, which may be a feature as well; null where there is none.</summary>
    public string? Forecast { get; init; }
    public required ModelTask Task { get; init; }

    /// <summary>What the label is.</summary>
    public LabelKind LabelKind { get; init; } = LabelKind.Number;

    public required IReadOnlyList<FeatureColumn> Features { get; init; }

    /// <summary>Numbers that are kept in 32 bits whatever they are: the model that is to answer reads no more. By
    /// default only columns that lose nothing are.</summary>
    public IReadOnlySet<string> Singles { get; init; } = FrozenSet<string>.Empty;

    /// <param name="forecast">The column of a naive forecast, where there is one.</param>
    public static FrameLayout Of(Definition definition, IReadOnlyList<Column> columns, string? forecast = null)
    {
        var (rows, label) = (definition.Rows, definition.Label?.Column);
        var categories = CategoriesOf(definition.Features);
        var texts = definition.Features.Text.Select(text => text.Column).ToHashSet(StringComparer.Ordinal);
        return new FrameLayout
        {
            Columns = columns,
            Key = rows.Key,
            Cutoff = rows.Cutoff,
            Label = label is not null && columns.Any(column => column.Name == label) ? label : null,
            Forecast = forecast,
            Task = definition.Model.Task,
            LabelKind = definition.Model.Task.KindOf(definition.Label),
            Features =
            [
                .. columns
                    .Where(column =>
                        !rows.Key.Contains(column.Name)
                        && column.Name != rows.Cutoff
                        && column.Name != label
                        && (column.Name != forecast || definition.Features.Numbers.Contains(column.Name))
                    )
                    .Select(column => new FeatureColumn(
                        column.Name,
                        texts.Contains(column.Name) ? FeatureColumnKind.Text
                            : column.Type.IsNumber() && !categories.ContainsKey(column.Name) ? FeatureColumnKind.Number
                            : FeatureColumnKind.Category
                    )),
            ],
        };
    }

    /// <summary>The categories that the definition names, and how many of their levels are kept. Those of C# features
    /// are known by their type.</summary>
    public static IReadOnlyDictionary<string, int> CategoriesOf(FeaturesSpec features) =>
        features
            .Categories.Select(category => KeyValuePair.Create(category.Column, category.Keep))
            .Concat(
                features
                    .Derived.Where(derived => derived.Value.Cross is not null || derived.Value.Hash is not null)
                    .Select(derived =>
                        KeyValuePair.Create(
                            derived.Key,
                            derived.Value.Hash is null
                                ? derived.Value.Keep ?? CategorySpec.KeepByDefault
                                : derived.Value.Buckets ?? int.MaxValue
                        )
                    )
            )
            .ToDictionary(StringComparer.Ordinal);
}
