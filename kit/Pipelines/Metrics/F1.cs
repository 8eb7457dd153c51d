namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric F1 { get; } =
        new()
        {
            Name = "f1",
            Title = "F1",
            Meaning = "balance of precision and recall at the threshold",
            HigherIsBetter = true,
            Tasks = [ModelTask.Binary],
        };
}
