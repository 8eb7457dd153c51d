namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer Pca { get; } =
        new()
        {
            Name = "pca",
            Title = "Principal components",
            Tasks = [ModelTask.Anomaly],
            Unit = "component",
            Options = new PcaOptions(),
            Problems = options => ((PcaOptions)options).Problems(),
            Scales = _ => Scaling.Standard,
        };
}
