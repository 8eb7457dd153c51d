namespace Trainyard.Registry;

/// <summary>Counts of rows in bins, alone or as shares beside another's.</summary>
public sealed record HistogramExhibit : Exhibit
{
    public required Axis X { get; init; }
    public required Histogram Histogram { get; init; }

    /// <summary>What is counted.</summary>
    public string Counted { get; init; } = "Rows";

    /// <summary>The same bins of something else, to compare the shares.</summary>
    public Beside? Beside { get; init; }

    /// <summary>A value of the axis, and what it is.</summary>
    public Level? Mark { get; init; }
}

public sealed record Beside(string Counted, Histogram Histogram);
