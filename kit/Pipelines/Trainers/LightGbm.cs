namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer LightGbm { get; } =
        new()
        {
            Name = "lightgbm",
            Title = "LightGBM",
            Tasks = [ModelTask.Binary, ModelTask.Regression],
            Unit = "tree",
            Options = new LightGbmOptions(),
            Rule = LightGbmRule.Words,
            Problems = options => ((LightGbmOptions)options).Problems(),
        };
}
