namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Flagged { get; } =
        new()
        {
            Name = "flagged",
            Title = "share flagged",
            Meaning = "share of rows that are flagged; it says nothing of which of two models is better",
            HigherIsBetter = false,
            Tasks = [ModelTask.Anomaly],
            NeedsLabel = false,
            Compares = false,
        };
}
