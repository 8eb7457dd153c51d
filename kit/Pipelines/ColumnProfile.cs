namespace Trainyard.Pipelines;

/// <summary>What a column of a dataset holds.</summary>
public sealed record ColumnProfile
{
    public required string Name { get; init; }
    public required ColumnType Type { get; init; }
    public required long Count { get; init; }
    public required long Nulls { get; init; }

    /// <summary>Distinct values other than null, up to <see cref="DistinctLimit"/>; numbers are told apart as
    /// doubles.</summary>
    public required long Distinct { get; init; }

    /// <summary>False where there are more than <see cref="DistinctLimit"/>, or a text longer than a category is, and
    /// counting stopped.</summary>
    public required bool DistinctIsExact { get; init; }

    /// <summary>
    /// Of numbers (NaN is counted as null) and of dates and instants (seconds since 1970): the value at each of
    /// <see cref="QuantileAt"/>, from a seeded sample of 10,000 values that does not depend on threads; the ends are
    /// exact. Of texts that are learned from word by word: how many characters they have.
    /// </summary>
    public IReadOnlyList<double>? Quantiles { get; init; }

    /// <summary>Of numbers, and of the lengths of texts: the mean.</summary>
    public double? Mean { get; init; }

    /// <summary>The most frequent values and their counts, most frequent first: up to 100 of texts, 20 of anything
    /// else; none where counting stopped, and of texts that are learned from word by word: a profile is read by
    /// people whom they do not concern.</summary>
    public IReadOnlyList<ValueCount> Top { get; init; } = [];

    /// <summary>The same without any value: of a key, every value is somebody's.</summary>
    public ColumnProfile WithoutValues() => this with { Quantiles = null, Mean = null, Top = [] };

    public const int DistinctLimit = 10_000;

    public static IReadOnlyList<double> QuantileAt { get; } =
    [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];
}

public sealed record ValueCount(string Value, long Count);
