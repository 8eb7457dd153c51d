using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Settings of principal components.</summary>
public sealed record PcaOptions : TrainerOptions
{
    [Description("How many components have a variance of their own, the greatest first; all others share theirs.")]
    [Range(1, 1000)]
    public int Components { get; init; } = 50;

    [Description(
        "How far variances are drawn to their mean: at 0% a step along a component counts by how rare it is, at 100% "
            + "all steps count the same."
    )]
    public Share Shrink { get; init; } = new(0.95);

    internal IEnumerable<(string Key, string Problem)> Problems() =>
        Shrink.Value == 0
            ?
            [
                (
                    "shrink",
                    "shrink is 0, so that a component without variance would be infinitely rare; write 1% or more."
                ),
            ]
            : [];
}
