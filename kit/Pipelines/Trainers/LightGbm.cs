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
            SizesClasses = true,
            Options = new LightGbmOptions(),
            Rule = LightGbmRule.Words,
            Space =
            [
                new("leaves", new(4, 128), ByRatio: true),
                new("learning_rate", new(0.01, 0.2), ByRatio: true),
                new("min_rows_per_leaf", new(2, 100), ByRatio: true),
                new("l2", new(0.01, 100), ByRatio: true),
                new("feature_share", new(0.3, 1)),
                new("row_share", new(0.4, 1)),
            ],
            ReadsTexts = true,
            // Where a leaf is given the quantile of its rows, it is so whatever was held before.
            Constrains = loss => loss.Kind is not (LossKind.Absolute or LossKind.Quantile),
            Problems = spec => ((LightGbmOptions)spec.Model.Options).Problems(),
        };
}
