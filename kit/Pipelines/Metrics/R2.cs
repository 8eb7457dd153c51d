namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric R2 { get; } =
        new()
        {
            Name = "r2",
            Title = "R²",
            Meaning = "share of the label's variance that is explained",
            HigherIsBetter = true,
            Tasks = [ModelTask.Regression],
        };
}
