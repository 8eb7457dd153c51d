namespace Trainyard.Pipelines;

/// <summary>What a column of the features dataset is.</summary>
public enum FeatureRole
{
    Key,
    Cutoff,
    Label,

    /// <summary>A naive forecast, which is only compared with.</summary>
    Forecast,
    Number,
    Category,

    /// <summary>A text that is learned from word by word.</summary>
    Text,
}

/// <summary>A column that the step features writes, and how it comes about.</summary>
/// <param name="Column">Its name and type in the features dataset.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Derived">The derived feature it belongs to; null for a column that passes through.</param>
/// <param name="Part">Of a calendar feature: which part.</param>
/// <param name="Wave">Of a cyclic calendar feature: sine or cosine.</param>
public sealed record PlannedColumn(
    Column Column,
    FeatureRole Role,
    DerivedSpec? Derived = null,
    CalendarPart? Part = null,
    Wave? Wave = null
);

public enum Wave
{
    Sine,
    Cosine,
}

/// <summary>The one place that says which columns the step features makes, and in which order. C# features come after
/// them.</summary>
public static class FeaturePlan
{
    /// <summary>Keys, cutoff, label and forecast (where the run reads the label), numbers, categories, texts, derived
    /// features in the order of the spec.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="input">The columns of the extract dataset.</param>
    /// <param name="run">The kind of run.</param>
    /// <param name="forecast">The column of a naive forecast; null where there is none.</param>
    public static IReadOnlyList<PlannedColumn> Of(
        Definition definition,
        IReadOnlyList<Column> input,
        RunShape run,
        string? forecast = null
    )
    {
        var byName = input.ToDictionary(column => column.Name);
        var (rows, features) = (definition.Rows, definition.Features);
        PlannedColumn Pass(string name, FeatureRole role) => new(Require(byName, name), role);
        return
        [
            .. rows.Key.Select(name => Pass(name, FeatureRole.Key)),
            .. rows.Cutoff is { } cutoff ? [Pass(cutoff, FeatureRole.Cutoff)] : Array.Empty<PlannedColumn>(),
            .. run.ReadsLabel && definition.Label is { } label
                ? [Pass(label.Column, FeatureRole.Label)]
                : Array.Empty<PlannedColumn>(),
            .. run.ReadsLabel && forecast is not null && !features.Numbers.Contains(forecast)
                ? [Pass(forecast, FeatureRole.Forecast)]
                : Array.Empty<PlannedColumn>(),
            .. features.Numbers.Select(name => Pass(name, FeatureRole.Number)),
            .. features.Categories.Select(category => Pass(category.Column, FeatureRole.Category)),
            .. features.Text.Select(text => Pass(text.Column, FeatureRole.Text)),
            .. features.Derived.SelectMany(derived => Expand(derived.Key, derived.Value)),
        ];
    }

    /// <summary>The features among them, before any row is read: their types are not known yet.</summary>
    public static IEnumerable<(string Name, FeatureRole Role)> FeaturesOf(FeaturesSpec features) =>
        [
            .. features.Numbers.Select(name => (name, FeatureRole.Number)),
            .. features.Categories.Select(category => (category.Column, FeatureRole.Category)),
            .. features.Text.Select(text => (text.Column, FeatureRole.Text)),
            .. features
                .Derived.SelectMany(derived => Expand(derived.Key, derived.Value))
                .Select(planned => (planned.Column.Name, planned.Role)),
        ];

    /// <summary>The columns that a derived feature becomes.</summary>
    public static IEnumerable<PlannedColumn> Expand(string name, DerivedSpec spec)
    {
        if (spec.Calendar is null)
        {
            var isCategory = spec.Cross is not null || spec.Hash is not null;
            return
            [
                new PlannedColumn(
                    new Column(name, isCategory ? ColumnType.Text : ColumnType.Double, Nullable: true),
                    isCategory ? FeatureRole.Category : FeatureRole.Number,
                    spec
                ),
            ];
        }

        return (spec.Parts ?? []).SelectMany(part =>
        {
            var column = $"{name}_{Name(part)}";
            var plain = new PlannedColumn(
                new Column(column, ColumnType.Integer, Nullable: true),
                FeatureRole.Number,
                spec,
                part
            );
            return spec.Cyclic == true && Period(part) is not null
                ? [plain, WaveOf(column, Wave.Sine, "sin"), WaveOf(column, Wave.Cosine, "cos")]
                : new[] { plain };

            PlannedColumn WaveOf(string stem, Wave wave, string suffix) =>
                new(
                    new Column($"{stem}_{suffix}", ColumnType.Double, Nullable: true),
                    FeatureRole.Number,
                    spec,
                    part,
                    wave
                );
        });
    }

    /// <summary>After how many units a calendar part comes round again; null for one that never does.</summary>
    public static double? Period(CalendarPart part) =>
        part switch
        {
            CalendarPart.MinuteOfHour => 60,
            CalendarPart.MinuteOfDay => 1440,
            CalendarPart.HourOfDay => 24,
            CalendarPart.DayOfWeek => 7,
            CalendarPart.DayOfMonth => 31,
            CalendarPart.DayOfYear => 365.2425,
            CalendarPart.WeekOfYear => 52.1775,
            CalendarPart.Month => 12,
            CalendarPart.Quarter => 4,
            _ => null,
        };

    internal static string Name(CalendarPart part) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(part.ToString());

    private static Column Require(Dictionary<string, Column> columns, string name) =>
        columns.TryGetValue(name, out var column)
            ? column
            : throw Fault.BadData(
                $"The extract dataset has no column '{name}'.{Nearest.Hint(name, columns.Keys)} Start a new run."
            );
}
