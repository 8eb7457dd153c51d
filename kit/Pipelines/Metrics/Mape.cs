namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Mape { get; } =
        new()
        {
            Name = "mape",
            Title = "MAPE",
            Meaning = "mean size of the error as a share of the label; labels of 0 are left out",
            HigherIsBetter = false,
            Tasks = [ModelTask.Regression],
            Aim = Pipelines.Aim.Median,
            Watches = _ => Loss.Absolute,
            Weigh = label => label == 0 ? 0 : 1 / Math.Abs(label),
        };
}
