namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric IntervalScore { get; } =
        new()
        {
            Name = "interval_score",
            Title = "interval score",
            Meaning = "width of the interval, and a penalty for labels outside it (Winkler)",
            HigherIsBetter = false,
            Tasks = [ModelTask.Regression],
            Needs = "interval",
        };
}
