namespace Trainyard.Registry;

/// <summary>What became of answers as a number alone was moved, on rows of the holdout.</summary>
/// <param name="IsIncreasing">Whether answers may only rise with it; else they may only fall.</param>
/// <param name="Rows">How many rows were tried.</param>
/// <param name="Broken">In how many of them the answer went the other way.</param>
/// <param name="AtLowest">The mean answer at the number's lowest value; null where all are missing.</param>
/// <param name="AtHighest">The mean answer at its highest.</param>
public sealed record ConstraintTried(
    string Column,
    bool IsIncreasing,
    long Rows,
    long Broken,
    double? AtLowest,
    double? AtHighest
);
