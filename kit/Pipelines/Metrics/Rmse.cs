namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Rmse { get; } =
        new()
        {
            Name = "rmse",
            Title = "RMSE",
            Meaning = "typical error; large ones weigh more",
            HigherIsBetter = false,
            Tasks = [ModelTask.Regression],
        };
}
