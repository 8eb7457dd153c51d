using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>Tries on the rows of one run, side by side.</summary>
/// <param name="Where">Which rows they answered, as in <c>of the holdout</c>.</param>
/// <param name="Metric">That of the first, in which all are measured.</param>
/// <param name="Intervals">How the intervals were made, or why there are none.</param>
/// <param name="Looks">How often somebody has looked at this holdout; null of validation.</param>
public sealed record ComparedTries(
    string Run,
    string Where,
    long Rows,
    Metric Metric,
    string Intervals,
    int? Looks,
    IReadOnlyList<ComparedTry> Tries
);

/// <summary>One of them.</summary>
/// <param name="Value">Null where it has none in the metric.</param>
/// <param name="Gain">Over the first, positive when better; null of the first, and where there is none.</param>
public sealed record ComparedTry(
    int Number,
    Estimate? Value,
    Estimate? Gain,
    Trainer Trainer,
    int Size,
    double Seconds,
    IReadOnlyList<string> Differs
);
