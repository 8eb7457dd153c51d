namespace Trainyard.Registry;

/// <summary>What came of a trial.</summary>
/// <param name="Value">On validation, in the metric that decides; null where it could not be computed, or nothing be
/// learned.</param>
/// <param name="Size">Picked by validation, in the trainer's unit; 0 where nothing could be learned.</param>
/// <param name="Seconds">What it took.</param>
public sealed record TrialResult(double? Value, int Size, double Seconds)
{
    /// <summary>The value without each part of these rows in turn; null where these are too few to say
    /// something about chance, or nobody compares it any more.</summary>
    public IReadOnlyList<double?>? Without { get; init; }

    /// <summary>The standard error of the difference to another, paired by parts (a jackknife): what helps or harms
    /// both is not in it. Null where there is none to be had.</summary>
    public double? ErrorFrom(TrialResult other)
    {
        if (Without is not { Count: > 1 } mine || other.Without?.Count != mine.Count)
        {
            return null;
        }

        double?[] differences = [.. mine.Zip(other.Without, (one, another) => one - another)];
        if (differences.Any(each => each is null))
        {
            return null;
        }

        var mean = differences.Average()!.Value;
        var squares = differences.Sum(each => (each - mean) * (each - mean))!.Value;
        return Math.Sqrt(squares * (mine.Count - 1) / mine.Count);
    }
}
