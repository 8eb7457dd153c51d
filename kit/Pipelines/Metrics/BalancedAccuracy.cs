namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric BalancedAccuracy { get; } =
        new()
        {
            Name = "balanced_accuracy",
            Title = "balanced accuracy",
            Meaning = "share of right answers in each class, averaged over classes",
            HigherIsBetter = true,
            Tasks = [ModelTask.Multiclass],
        };
}
