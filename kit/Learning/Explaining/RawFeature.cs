using Trainyard.Pipelines;

namespace Trainyard.Learning.Explaining;

/// <summary>What a reason is called by: columns of the query, and all that the model reads of them.</summary>
/// <param name="Name">The column, or several as <c>origin × dest</c>; of a C# feature its own.</param>
/// <param name="Sources">The columns of the query; of a C# feature its own, which the features have.</param>
/// <param name="Columns">The columns of the model, by their places.</param>
public sealed record RawFeature(string Name, IReadOnlyList<string> Sources, IReadOnlyList<int> Columns)
{
    /// <summary>Between the names, and the values, of several columns.</summary>
    public const string Times = " × ";

    /// <summary>Those of a model, in the order in which it first reads them.</summary>
    /// <param name="columns">The columns that the model reads.</param>
    public static IReadOnlyList<RawFeature> Of(FeaturesSpec features, IReadOnlyList<string> columns)
    {
        var derived = features
            .Derived.SelectMany(feature =>
                FeaturePlan
                    .Expand(feature.Key, feature.Value)
                    .Select(planned => KeyValuePair.Create(planned.Column.Name, SourcesOf(feature.Value)))
            )
            .ToDictionary(StringComparer.Ordinal);
        return
        [
            .. columns
                .Select((column, place) => (Sources: derived.GetValueOrDefault(column) ?? [column], Place: place))
                // What is made of the same columns is one reason, whatever their order.
                .GroupBy(each => string.Join('\0', each.Sources.Order(StringComparer.Ordinal)))
                .Select(group => (group.First().Sources, Places: group.Select(each => each.Place)))
                .Select(group => new RawFeature(string.Join(Times, group.Sources), group.Sources, [.. group.Places])),
        ];
    }

    private static string[] SourcesOf(DerivedSpec spec) =>
        [
            .. (
                spec switch
                {
                    { Calendar: { } moment } => [moment],
                    { Elapsed: { } elapsed } => [elapsed.From, elapsed.To],
                    { Expression: { } text } => NumberExpression.Parse(text).Columns,
                    { Cross: { } crossed } => crossed,
                    { Hash: { } hashed } => hashed,
                    _ => Array.Empty<string>() as IReadOnlyList<string>,
                }
            ).Distinct(StringComparer.Ordinal),
        ];
}
