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
            Rule = LightGbmRule.Words,
            // Where a leaf is given the quantile of its rows, it is so whatever was held before.
            Constrains = loss => loss.Kind is not (LossKind.Absolute or LossKind.Quantile),
            Problems = options => ((LightGbmOptions)options).Problems(),
        };
}
