using System.ComponentModel;

namespace Trainyard.Pipelines;

/// <summary>What is known of how the answer follows a number, all else being equal. A missing value is no
/// number.</summary>
public sealed record ConstraintsSpec
{
    [Description("Numbers with which the answer may not fall as they rise.")]
    public IReadOnlyList<string> Increasing { get; init; } = [];

    [Description("Numbers with which the answer may not rise as they rise.")]
    public IReadOnlyList<string> Decreasing { get; init; } = [];
}
