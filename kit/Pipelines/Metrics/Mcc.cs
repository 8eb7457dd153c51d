namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Mcc { get; } =
        new()
        {
            Name = "mcc",
            Title = "MCC",
            Meaning = "correlation of answers and labels (Matthews)",
            HigherIsBetter = true,
            Tasks = [ModelTask.Binary, ModelTask.Multiclass],
        };
}
