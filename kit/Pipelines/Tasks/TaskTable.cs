namespace Trainyard.Pipelines;

/// <summary>A table beside that of predictions in which a task answers with several rows a prediction.</summary>
/// <param name="Suffix">What its name ends in.</param>
/// <param name="Columns">Its own, after the key, the cutoff and the run; the first tells the rows of a prediction
/// apart.</param>
public sealed record TaskTable(string Suffix, IReadOnlyList<Column> Columns)
{
    /// <summary>How many rows a prediction has in it at most; there is no table where that is 0.</summary>
    public required Func<PredictionsSpec, int> MostOf { get; init; }
}
