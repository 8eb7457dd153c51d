namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Accuracy { get; } =
        new()
        {
            Name = "accuracy",
            Title = "accuracy",
            Meaning = "share of right answers",
            HigherIsBetter = true,
            Tasks = [ModelTask.Binary, ModelTask.Multiclass],
        };
}
