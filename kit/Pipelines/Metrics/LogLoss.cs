namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric LogLoss { get; } =
        new()
        {
            Name = "log_loss",
            Title = "log loss",
            Meaning = "penalty for probabilities that were confident and wrong",
            HigherIsBetter = false,
            Tasks = [ModelTask.Binary, ModelTask.Multiclass],
        };
}
