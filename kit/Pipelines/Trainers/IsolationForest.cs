namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer IsolationForest { get; } =
        new()
        {
            Name = "isolation_forest",
            Title = "An isolation forest",
            Tasks = [ModelTask.Anomaly],
            Unit = "tree",
            Options = new IsolationForestOptions(),

            Scales = _ => Scaling.Standard,
            CountsFromMiddle = true,
            AddsLogarithms = true,
        };
}
