namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric DaviesBouldin { get; } =
        new()
        {
            Name = "davies_bouldin",
            Title = "Davies-Bouldin index",
            Meaning = "how wide clusters are, as a share of the distance to the one they are most like",
            HigherIsBetter = false,
            Tasks = [ModelTask.Clustering],
        };
}
