using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer Stump { get; } =
        new()
        {
            Name = "stump",
            Title = "A stump",
            Tasks = [ModelTask.Sign],
            Unit = "split",
            Options = new StumpOptions(),
        };
}

/// <summary>Settings of a stump.</summary>
public sealed record StumpOptions : TrainerOptions
{
    [Description("By how much the split is moved.")]
    [Range(-10.0, 10.0)]
    public double Shift { get; init; }
}
