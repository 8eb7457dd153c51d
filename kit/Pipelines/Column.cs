using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>A column of a dataset, as its manifest lists it.</summary>
public sealed record Column(string Name, ColumnType Type, bool Nullable);

/// <summary>The types a dataset can carry, by PostgreSQL's names for them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnType>))]
public enum ColumnType
{
    [JsonStringEnumMemberName("boolean")]
    Boolean,

    /// <summary>smallint and integer.</summary>
    [JsonStringEnumMemberName("integer")]
    Integer,

    [JsonStringEnumMemberName("bigint")]
    BigInt,

    [JsonStringEnumMemberName("real")]
    Real,

    [JsonStringEnumMemberName("double precision")]
    Double,

    [JsonStringEnumMemberName("numeric")]
    Numeric,

    /// <summary>Text of any kind: text, varchar, char, enums.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    [JsonStringEnumMemberName("date")]
    Date,

    [JsonStringEnumMemberName("timestamp")]
    Timestamp,

    [JsonStringEnumMemberName("timestamptz")]
    TimestampTz,

    [JsonStringEnumMemberName("interval")]
    Interval,

    [JsonStringEnumMemberName("uuid")]
    Uuid,
}

public static class ColumnTypes
{
    /// <summary>Whether values are read as numbers; booleans are 0 and 1.</summary>
    public static bool IsNumber(this ColumnType type) =>
        type
            is ColumnType.Boolean
                or ColumnType.Integer
                or ColumnType.BigInt
                or ColumnType.Real
                or ColumnType.Double
                or ColumnType.Numeric;

    /// <summary>The type's name in PostgreSQL, in a manifest and in messages.</summary>
    public static string SqlName(this ColumnType type) => EnumText.Of(type);
}
