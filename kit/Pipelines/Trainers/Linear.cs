namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer Linear { get; } =
        new()
        {
            Name = "linear",
            Title = "A linear model",
            Tasks = [ModelTask.Binary, ModelTask.Multiclass, ModelTask.Regression],
            Unit = "step",
            Options = new LinearOptions(),
            ReadsTexts = true,
            Scales = _ => Scaling.Standard,
            Learns = loss => loss.Kind is not (LossKind.Absolute or LossKind.Quantile),
        };
}
