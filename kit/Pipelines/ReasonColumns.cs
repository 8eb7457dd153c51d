namespace Trainyard.Pipelines;

/// <summary>What is told of a reason, in the parts of the step score and in the table beside that of
/// predictions.</summary>
public static class ReasonColumns
{
    /// <summary>How the names of the parts begin, and what the table's name ends in.</summary>
    public const string Stem = "reasons";

    /// <summary>After the key and the cutoff.</summary>
    public static IReadOnlyList<Column> Own { get; } =
    [
        new("rank", ColumnType.Integer, Nullable: false),
        new("feature", ColumnType.Text, Nullable: false),
        new("value", ColumnType.Text, Nullable: true),
        new("contribution", ColumnType.Double, Nullable: false),
    ];

    /// <summary>All columns of a part.</summary>
    public static IReadOnlyList<Column> Of(IEnumerable<Column> key) =>
        [.. key, new Column("cutoff", ColumnType.TimestampTz, Nullable: false), .. Own];
}
