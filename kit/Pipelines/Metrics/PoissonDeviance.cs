namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric PoissonDeviance { get; } =
        new()
        {
            Name = "poisson_deviance",
            Title = "Poisson deviance",
            Meaning = "error of counts, whose spread grows as their mean",
            HigherIsBetter = false,
            Tasks = [ModelTask.Regression],
            Aim = Pipelines.Aim.Poisson,
            Watches = _ => Loss.Poisson,
        };
}
