using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Settings of k-means.</summary>
public sealed record KMeansOptions : TrainerOptions
{
    [Description("How many clusters: a number, or between which validation picks by the metric, as 2 to 10.")]
    public FromTo Clusters { get; init; } = new(2, 10);

    [Description(
        "In what numbers are measured: standard (standard deviations) or none (their own units). Two levels of a "
            + "category lie √2 apart."
    )]
    public Scaling Scale { get; init; } = Scaling.Standard;

    [Description("How often it starts anew (k-means++), of which the best is taken.")]
    [Range(1, 1000)]
    public int Starts { get; init; } = 10;

    [Description("The most steps after a start.")]
    [Range(1, 100_000)]
    public int MaxSteps { get; init; } = 300;

    internal IEnumerable<(string Key, string Problem)> Problems()
    {
        if (Clusters.From < FromTo.Least || Clusters.To > FromTo.Most || Clusters.From > Clusters.To)
        {
            yield return (
                "clusters",
                $"clusters is {Clusters}; it goes from {FromTo.Least} to {FromTo.Most}, the smaller number first, as "
                    + "'2 to 10'."
            );
        }
    }
}
