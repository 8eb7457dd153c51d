namespace Trainyard.Features;

/// <summary>The value of a feature for one row: a number, a category, or null.</summary>
public readonly record struct FeatureValue
{
    private FeatureValue(double number, string? category) => (Number, Category) = (number, category);

    /// <summary>No value.</summary>
    public static FeatureValue Null { get; } = new(double.NaN, null);

    /// <summary>The number; NaN where the value is a category or null.</summary>
    public double Number { get; }

    /// <summary>The category; null where the value is a number or null.</summary>
    public string? Category { get; }

    /// <summary>Makes a number. NaN becomes <see cref="Null"/>.</summary>
    public static FeatureValue Of(double number) => new(number, null);

    /// <summary>Makes a category. Null becomes <see cref="Null"/>.</summary>
    public static FeatureValue Of(string? category) => new(double.NaN, category);
}
