namespace Trainyard.Pipelines;

/// <summary>What can be a label.</summary>
public sealed class LabelKind
{
    private LabelKind() { }

    /// <summary>Rows have none.</summary>
    public static LabelKind None { get; } = new() { Words = "none", IsColumn = _ => false };

    /// <summary>A boolean, or a number that is one.</summary>
    public static LabelKind Boolean { get; } =
        new()
        {
            Words = "boolean, or 0 and 1",
            IsColumn = ColumnTypes.IsNumber,
            IsLabel = value => value is 0 or 1,
            Hint = "name its positive value in label.positive",
        };

    public static LabelKind Number { get; } =
        new()
        {
            Words = "a number",
            IsColumn = ColumnTypes.IsNumber,
            IsLabel = double.IsFinite,
        };

    /// <summary>One of several, by its text.</summary>
    public static LabelKind Class { get; } =
        new()
        {
            Words = "a text, an integer or a boolean",
            IsColumn = type => type is ColumnType.Text or ColumnType.Integer or ColumnType.BigInt or ColumnType.Boolean,
            AreClasses = true,
        };

    /// <summary>What a label must be, for messages.</summary>
    public required string Words { get; init; }

    /// <summary>The same where an article fits.</summary>
    public string Expected => Words.StartsWith("a ", StringComparison.Ordinal) ? Words : $"a {Words}";

    /// <summary>Whether labels are read as texts, each a class.</summary>
    public bool AreClasses { get; private init; }

    /// <summary>What else can be done about a text; null where nothing can.</summary>
    public string? Hint { get; private init; }

    private Func<ColumnType, bool> IsColumn { get; init; } = _ => true;

    private Func<double, bool> IsLabel { get; init; } = _ => true;

    /// <summary>Whether columns of the type can hold labels.</summary>
    public bool Accepts(ColumnType type) => IsColumn(type);

    /// <summary>Whether a value is a label; null, which is NaN, is one that is not known yet.</summary>
    public bool Accepts(double value) => double.IsNaN(value) || IsLabel(value);
}
