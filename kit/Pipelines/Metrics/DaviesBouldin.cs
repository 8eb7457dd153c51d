namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric DaviesBouldin { get; } =
        new()
        {
            Name = "davies_bouldin",
            Title = "Davies-Bouldin index",
            Meaning = "width of clusters over the distance to the most alike one",
            HigherIsBetter = false,
            Tasks = [ModelTask.Clustering],
            NeedsLabel = false,
        };
}
