using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;

namespace Trainyard.Models;

/// <summary>A fit that is held against rows which it has not learned.</summary>
/// <param name="Scorers">A part each.</param>
internal sealed record FoldFit(Fold Fold, IScorer[] Scorers);
