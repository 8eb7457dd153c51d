namespace Trainyard.Features;

/// <summary>The value of a feature for one row: a number, a category, or null, which is also the
/// <c>default</c>.</summary>
public readonly record struct FeatureValue
{
    private readonly double _number;
    private readonly bool _isNumber;

    private FeatureValue(double number, bool isNumber, string? category) =>
        (_number, _isNumber, Category) = (number, isNumber, category);

    /// <summary>No value.</summary>
    public static FeatureValue Null => default;

    /// <summary>The number; NaN where the value is a category or null.</summary>
    public double Number => _isNumber ? _number : double.NaN;

    /// <summary>The category; null where the value is a number or null.</summary>
    public string? Category { get; }

    /// <summary>Makes a number. NaN becomes <see cref="Null"/>.</summary>
    public static FeatureValue Of(double number) => double.IsNaN(number) ? Null : new(number, true, null);

    /// <summary>Makes a category. Null becomes <see cref="Null"/>.</summary>
    public static FeatureValue Of(string? category) => new(0, false, category);
}
