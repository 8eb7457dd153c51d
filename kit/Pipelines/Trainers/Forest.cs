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
            Options = new ForestOptions(),
            ScoresAnswers = true,
            // Where a leaf is given the quantile of its rows, it is so whatever was held before.
            Constrains = loss => loss.Kind is not (LossKind.Absolute or LossKind.Quantile),
            Problems = options => ((ForestOptions)options).Problems(),
        };
}
