namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer LightGbm { get; } =
        new()
        {
            Name = "lightgbm",
            Title = "LightGBM",
            Tasks = [ModelTask.Binary, ModelTask.Multiclass, ModelTask.Regression],
            Unit = "tree",
            Options = new LightGbmOptions(),
            Problems = options => ((LightGbmOptions)options).Problems(),
        };
}
