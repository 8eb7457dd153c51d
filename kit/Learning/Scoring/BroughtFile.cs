using Trainyard.Learning.Exporting;

namespace Trainyard.Learning.Scoring;

/// <summary>A model that was made elsewhere, as it was brought.</summary>
/// <param name="Inputs">What it takes of each row.</param>
/// <param name="Outputs">What it gives.</param>
public sealed record BroughtFile(
    ReadOnlyMemory<byte> Content,
    IReadOnlyList<GraphField> Inputs,
    IReadOnlyList<GraphField> Outputs
);
