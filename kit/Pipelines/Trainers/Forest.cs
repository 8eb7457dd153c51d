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
            Learns = LearnsMeans,
            Constrains = LearnsMeans,
            Problems = options => ((ForestOptions)options).Problems(),
        };

    /// <summary>Leaves hold means: split for the side of a quantile on which rows lie, they part little else.</summary>
    private static bool LearnsMeans(Loss loss) => loss.Kind is not (LossKind.Absolute or LossKind.Quantile);
}
