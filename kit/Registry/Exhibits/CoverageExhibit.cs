namespace Trainyard.Registry;

/// <summary>How many labels lay within the intervals that were to hold so many.</summary>
public static class CoverageExhibit
{
    /// <summary>What was found, in words: whether it is what was asked for.</summary>
    public static string Sentence(Coverage coverage)
    {
        var ends = coverage.Held.HasInterval
            ? $" ({Formats.Share(coverage.Held.Low)} to {Formats.Share(coverage.Held.High)}, from {coverage.Blocks})"
            : "";
        var found =
            $"Intervals that were to hold {Formats.Share(coverage.Asked)} of the labels held "
            + $"{Formats.Share(coverage.Held.Value)} of the holdout's{ends}";
        return coverage.IsMissed ? $"{found}, which is not explained by chance." : $"{found}.";
    }

    internal static IntervalsExhibit Of(Coverage coverage) =>
        new()
        {
            Id = "coverage",
            Title = "Do intervals hold what they promise?",
            Caption =
                $"{Sentence(coverage)} {Formats.Share(coverage.Below)} lay below and {Formats.Share(coverage.Above)} "
                + $"above; the mean width is {Formats.Metric(coverage.MeanWidth)}. Intervals promise only as much as "
                + "the newest rows resemble those they were learned on.",
            Description = Sentence(coverage),
            X = Axis.OfShares("labels within"),
            Rows =
            [
                new("Held", Role.Model, coverage.Held),
                new("Asked for", Role.Baseline, new Estimate(coverage.Asked, null, null)),
            ],
        };
}
