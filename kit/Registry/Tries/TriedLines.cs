namespace Trainyard.Registry;

/// <summary>What is drawn of the answers of a try, over those of others.</summary>
/// <param name="Curves">Along the ranking of rows; null where labels part none.</param>
/// <param name="Reliability">What was predicted, and what was observed; empty where nothing can be.</param>
public sealed record TriedLines(RankingCurves? Curves, IReadOnlyList<ReliabilityBin> Reliability);

/// <summary>How rows that are positive lie among all, the highest in the ranking first. Both are empty where all rows
/// are alike.</summary>
/// <param name="Roc">The share of positives found over that of negatives taken for such.</param>
/// <param name="PrecisionRecall">The share of positives among the rows taken for such over that found.</param>
public sealed record RankingCurves(IReadOnlyList<Point> Roc, IReadOnlyList<Point> PrecisionRecall);
