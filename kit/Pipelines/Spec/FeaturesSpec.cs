using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>What the model learns from.</summary>
public sealed record FeaturesSpec
{
    [Description("Columns learned from as numbers. Null is a missing value.")]
    public IReadOnlyList<string> Numbers { get; init; } = [];

    [Description("Columns learned from as categories: a column, or {column, keep}.")]
    public IReadOnlyList<CategorySpec> Categories { get; init; } = [];

    [Description("Columns learned from word by word: a column, or {column, buckets}. Null is a text like any other.")]
    public IReadOnlyList<TextSpec> Text { get; init; } = [];

    [Description("Features computed from columns of the same row, by name.")]
    public IReadOnlyDictionary<string, DerivedSpec> Derived { get; init; } = new Dictionary<string, DerivedSpec>();

    [Description("The built DLL of the pipeline's own C# features, relative to this folder.")]
    public string? Assembly { get; init; }
}

/// <summary>A categorical column. The rarest levels beyond <see cref="Keep"/> become the level 'other'; null is a
/// level of its own.</summary>
[JsonConverter(typeof(CategorySpecConverter))]
public sealed record CategorySpec
{
    public const int KeepByDefault = 100;

    [Description("The column.")]
    public required string Column { get; init; }

    [Description("How many of the most frequent levels are kept.")]
    [Range(1, 100_000)]
    public int Keep { get; init; } = KeepByDefault;
}

/// <summary>A derived feature: exactly one of <see cref="Calendar"/>, <see cref="Elapsed"/>,
/// <see cref="Expression"/>, <see cref="Cross"/>, <see cref="Hash"/>.</summary>
public sealed record DerivedSpec
{
    [Description(
        "A timestamptz, timestamp or date column, whose parts become numbers named NAME_PART; timestamptz are "
            + "read in the pipeline's zone."
    )]
    public string? Calendar { get; init; }

    [Description("With calendar: which parts.")]
    [MinLength(1)]
    public IReadOnlyList<CalendarPart>? Parts { get; init; }

    [Description(
        "With calendar: also the sine and cosine of each part that comes round again, as NAME_PART_sin and "
            + "NAME_PART_cos."
    )]
    public bool? Cyclic { get; init; }

    [Description("The time from one column to another, as a number.")]
    public ElapsedSpec? Elapsed { get; init; }

    [Description(
        "Arithmetic over numeric columns of the row, such as log(distance + 1) or if(isnull(seats), 0, seats)."
    )]
    public string? Expression { get; init; }

    [Description("Columns whose values together are one category.")]
    [MinLength(2)]
    public IReadOnlyList<string>? Cross { get; init; }

    [Description("With cross: how many of the most frequent levels are kept.")]
    public int? Keep { get; init; }

    [Description("Columns hashed together into a fixed number of categories.")]
    [MinLength(1)]
    public IReadOnlyList<string>? Hash { get; init; }

    [Description("With hash: how many categories.")]
    [Range(2, 1_000_000)]
    public int? Buckets { get; init; }
}

/// <summary>The time between two columns of one type (timestamptz, timestamp or date).</summary>
public sealed record ElapsedSpec
{
    [Description("The earlier column.")]
    public required string From { get; init; }

    [Description("The later column.")]
    public required string To { get; init; }

    [Description("The unit of the number.")]
    public ElapsedUnit Unit { get; init; } = ElapsedUnit.Hours;
}

[JsonConverter(typeof(JsonStringEnumConverter<ElapsedUnit>))]
public enum ElapsedUnit
{
    [JsonStringEnumMemberName("seconds")]
    Seconds,

    [JsonStringEnumMemberName("minutes")]
    Minutes,

    [JsonStringEnumMemberName("hours")]
    Hours,

    [JsonStringEnumMemberName("days")]
    Days,
}

[JsonConverter(typeof(JsonStringEnumConverter<CalendarPart>))]
public enum CalendarPart
{
    [JsonStringEnumMemberName("minute_of_hour")]
    MinuteOfHour,

    [JsonStringEnumMemberName("minute_of_day")]
    MinuteOfDay,

    [JsonStringEnumMemberName("hour_of_day")]
    HourOfDay,

    /// <summary>ISO 8601: Monday is 1.</summary>
    [JsonStringEnumMemberName("day_of_week")]
    DayOfWeek,

    [JsonStringEnumMemberName("day_of_month")]
    DayOfMonth,

    [JsonStringEnumMemberName("day_of_year")]
    DayOfYear,

    /// <summary>ISO 8601.</summary>
    [JsonStringEnumMemberName("week_of_year")]
    WeekOfYear,

    [JsonStringEnumMemberName("month")]
    Month,

    [JsonStringEnumMemberName("quarter")]
    Quarter,

    [JsonStringEnumMemberName("year")]
    Year,
}
