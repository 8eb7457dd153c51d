using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Settings of a linear model.</summary>
public sealed record LinearOptions : TrainerOptions
{
    [Description(
        "The L2 penalty on coefficients of numbers in standard deviations and of levels, as the alpha of "
            + "scikit-learn's Ridge, or 1 / C of its LogisticRegression. Default: validation picks it, from 10000 "
            + "down in steps of half a power of ten."
    )]
    [Range(0.0, 1e9)]
    public double? L2 { get; init; }
}
