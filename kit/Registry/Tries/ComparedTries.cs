using System.Text.Json.Serialization;
using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>Tries on the rows of one run, side by side.</summary>
public sealed record ComparedTries
{
    public required string Pipeline { get; init; }
    public required string Run { get; init; }

    /// <summary>The run's, in whose zone times are told.</summary>
    public required DateTimeOffset AsOf { get; init; }
    public required Clock Clock { get; init; }

    /// <summary>Which rows they answered, as in <c>of the holdout</c>.</summary>
    public required string Where { get; init; }
    public required long Rows { get; init; }

    /// <summary>That of the first, in which all are measured.</summary>
    public required Metric Metric { get; init; }

    /// <summary>How the intervals were made, or why there are none.</summary>
    public required string Intervals { get; init; }

    /// <summary>How often somebody has looked at this holdout; null of validation.</summary>
    public int? Looks { get; init; }

    /// <summary>Of which the first is what the others are held against.</summary>
    public required IReadOnlyList<ComparedTry> Tries { get; init; }

    /// <summary>What there is to look at.</summary>
    public required IReadOnlyList<Exhibit> Exhibits { get; init; }

    /// <summary>What is compared, as a head for figures.</summary>
    [JsonIgnore]
    public string Head =>
        $"{Metric.Title} on {Counted.Of(Rows, "row")} {Where} of {Run}"
        + Looks switch
        {
            null => "",
            1 => ", which was looked at once",
            var many => $", which was looked at {many} times",
        }
        + $"; {(Metric.HigherIsBetter ? "higher" : "lower")} is better";

    /// <summary>As many digits as tell the tries apart.</summary>
    [JsonIgnore]
    public MetricText Text
    {
        get
        {
            var values = Tries.Select(tried => tried.Value?.Value ?? double.NaN).Where(double.IsFinite).ToList();
            return MetricText.For(
                values.FirstOrDefault(),
                values.Select(Math.Abs).DefaultIfEmpty().Max(),
                values.Skip(1).Select(value => (value, values[0]))
            );
        }
    }
}
