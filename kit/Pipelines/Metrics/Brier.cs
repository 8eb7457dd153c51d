namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Brier { get; } =
        new()
        {
            Name = "brier",
            Title = "Brier score",
            Meaning = "mean squared error of the probability",
            HigherIsBetter = false,
            Tasks = [ModelTask.Binary],
        };
}
