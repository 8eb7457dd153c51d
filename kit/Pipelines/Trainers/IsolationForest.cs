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

            // No split asks more than where between two values it is; in standard deviations 32 bits tell all apart.
            Scales = _ => Scaling.Standard,
            AddsLogarithms = true,
        };
}
