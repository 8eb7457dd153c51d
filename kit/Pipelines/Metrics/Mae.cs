namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Mae { get; } =
        new()
        {
            Name = "mae",
            Title = "MAE",
            Meaning = "mean size of the error",
            HigherIsBetter = false,
            Tasks = [ModelTask.Regression],
            Aim = Pipelines.Aim.Median,
            Watches = _ => Loss.Absolute,
        };
}
