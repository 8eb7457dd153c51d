namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Pinball { get; } =
        new()
        {
            Name = "pinball",
            Title = "pinball loss",
            Meaning = "error that is least where the value is the quantile asked for",
            HigherIsBetter = false,
            Tasks = [ModelTask.Regression],
            Aim = Pipelines.Aim.Quantile,
            Watches = model => Loss.Quantile(model.Quantile?.Value ?? 0.5),
            Needs = "quantile",
        };
}
