using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Settings of an isolation forest.</summary>
public sealed record IsolationForestOptions : TrainerOptions
{
    [Description("How many trees there are.")]
    [Range(1, 10_000)]
    public int Trees { get; init; } = 300;

    [Description("How many rows each tree sees.")]
    [Range(2, 1_000_000)]
    public int Rows { get; init; } = 256;
}
