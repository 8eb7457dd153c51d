namespace Trainyard.Registry;

/// <summary>A line through points, beside what it is to be held against.</summary>
public sealed record CurveExhibit : Exhibit
{
    public required Axis X { get; init; }
    public required Axis Y { get; init; }
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>What the diagonal from corner to corner is; null where there is none to draw.</summary>
    public string? Diagonal { get; init; }

    /// <summary>A level to compare with, and what it is.</summary>
    public Level? Level { get; init; }

    /// <summary>A place on the curve, and what it is.</summary>
    public Mark? Mark { get; init; }
}

public sealed record Level(double Value, string Label);

public sealed record Mark(double X, double Y, string Label);
