namespace Trainyard.Registry;

/// <summary>How many labels of the holdout lay within the intervals that a model gave. It is shown, and decides
/// nothing.</summary>
public sealed record Coverage
{
    /// <summary>The share that was asked for.</summary>
    public required double Asked { get; init; }

    /// <summary>The share that lay within, with its interval by blocks where there are enough of them.</summary>
    public required Estimate Held { get; init; }

    /// <summary>The share below the low end, and above the high one.</summary>
    public required double Below { get; init; }
    public required double Above { get; init; }

    /// <summary>How wide intervals are on average.</summary>
    public required double MeanWidth { get; init; }

    /// <summary>What was resampled whole: <c>28 days</c>.</summary>
    public required string Blocks { get; init; }

    /// <summary>Whether chance does not explain that another share lay within than was asked for.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsMissed => Held.HasInterval && (Held.Low > Asked || Held.High < Asked);
}
