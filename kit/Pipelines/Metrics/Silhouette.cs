namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric Silhouette { get; } =
        new()
        {
            Name = "silhouette",
            Title = "silhouette",
            Meaning = "how much nearer rows are to their own cluster than to the next",
            HigherIsBetter = true,
            Tasks = [ModelTask.Clustering],
            NeedsLabel = false,
        };
}
