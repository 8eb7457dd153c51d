namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Auc { get; } =
        new()
        {
            Name = "auc",
            Title = "AUC",
            Meaning = "how often a positive row is ranked above a negative one",
            HigherIsBetter = true,
            Tasks = [ModelTask.Binary, ModelTask.Anomaly],
        };
}
