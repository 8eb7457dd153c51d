namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer Forest { get; } =
        new()
        {
            Name = "forest",
            Title = "A random forest",
            Tasks = [ModelTask.Binary, ModelTask.Multiclass, ModelTask.Regression],
            Unit = "tree",
            SizesClasses = true,
            Options = new ForestOptions(),
            Space =
            [
                new("leaves", new(30, 2000), ByRatio: true),
                new("min_rows_per_leaf", new(1, 50), ByRatio: true),
                new("feature_share", new(0.1, 0.9)),
                new("row_share", new(0.3, 0.9)),
            ],
            ReadsTexts = true,
            ScoresAnswers = true,
            // Where a leaf is given the quantile of its rows, it is so whatever was held before.
            Constrains = loss => loss.Kind is not (LossKind.Absolute or LossKind.Quantile),
            Problems = spec => ((ForestOptions)spec.Model.Options).Problems(),
        };
}
