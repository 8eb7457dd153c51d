namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric PrAuc { get; } =
        new()
        {
            Name = "pr_auc",
            Title = "PR-AUC",
            Meaning = "precision, averaged over recall",
            HigherIsBetter = true,
            Tasks = [ModelTask.Binary, ModelTask.Anomaly],
        };
}
