namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer KMeans { get; } =
        new()
        {
            Name = "kmeans",
            Title = "k-means",
            Tasks = [ModelTask.Clustering],
            Unit = "cluster",
            Options = new KMeansOptions(),
            Problems = options => ((KMeansOptions)options).Problems(),
            Scales = options => ((KMeansOptions)options).Scale,
        };
}
