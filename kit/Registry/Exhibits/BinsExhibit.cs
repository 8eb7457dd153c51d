namespace Trainyard.Registry;

/// <summary>Bins of rows by what is predicted for them and what was observed; on the diagonal the two are equal.
/// </summary>
public sealed record BinsExhibit : Exhibit
{
    public required Axis Predicted { get; init; }
    public required Axis Observed { get; init; }
    public required IReadOnlyList<ReliabilityBin> Bins { get; init; }
}
