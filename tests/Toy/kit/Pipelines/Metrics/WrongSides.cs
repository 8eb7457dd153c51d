namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric WrongSides { get; } =
        new()
        {
            Name = "wrong_sides",
            Title = "wrong sides",
            Meaning = "share of answers on the wrong side of zero",
            HigherIsBetter = false,
            Tasks = [ModelTask.Sign],
        };
}
