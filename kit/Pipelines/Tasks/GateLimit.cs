namespace Trainyard.Pipelines;

/// <summary>A figure that a model must keep within a limit to be promoted.</summary>
/// <param name="Figure">Its name among the figures of the model, or of the comparison with the champion.</param>
/// <param name="Words">What it is, after "its": <c>stability</c>.</param>
/// <param name="Key">The key of <c>gate</c> that says the limit.</param>
/// <param name="Of">The limit that a spec has.</param>
/// <param name="OfComparison">Whether it is one of the comparison, and so is none where there is no champion.</param>
/// <param name="IsLeast">Whether the figure may not be less; else it may not be more.</param>
/// <param name="IsShare">Whether it is read as per cent.</param>
public sealed record GateLimit(
    string Figure,
    string Words,
    string Key,
    Func<GateSpec, double> Of,
    bool OfComparison,
    bool IsLeast,
    bool IsShare
);
