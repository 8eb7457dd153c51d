namespace Trainyard.Registry;

/// <summary>Figures over time, period by period.</summary>
public sealed record PeriodsExhibit : Exhibit
{
    /// <summary>What a period is called before its first day: "Week of".</summary>
    public required string Of { get; init; }
    public required Axis Y { get; init; }

    /// <summary>The lines that are drawn, on the one axis.</summary>
    public required IReadOnlyList<PeriodLine> Lines { get; init; }

    /// <summary>Further figures, which stand in the table only.</summary>
    public IReadOnlyList<Axis> Others { get; init; } = [];
    public required IReadOnlyList<Period> Periods { get; init; }
}

public sealed record PeriodLine(string Name, Role Role);

/// <param name="From">Its first moment.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Values">A figure a line, and then one for each of the others; null where it cannot be computed.</param>
public sealed record Period(DateTimeOffset From, long Rows, IReadOnlyList<double?> Values);
