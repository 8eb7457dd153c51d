namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric MeanCost { get; } =
        new()
        {
            Name = "cost",
            Title = "cost",
            Meaning = "mean cost of an answer, by the costs in the spec",
            HigherIsBetter = false,
            Tasks = [ModelTask.Binary, ModelTask.Multiclass],
        };
}
