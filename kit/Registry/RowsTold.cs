using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>How many rows a score run has, beside the blocks like it that its model was trained on: among the details
/// of its step extract.</summary>
public sealed record RowsTold
{
    private const string Member = "comparable_rows";

    public required long Rows { get; init; }

    /// <summary>Those that it is compared with, as in "48 days with an as-of on a Monday".</summary>
    public required string Blocks { get; init; }

    public required RowsVerdict Verdict { get; init; }

    /// <summary>Of the blocks' rows.</summary>
    public required double Median { get; init; }
    public required double Low { get; init; }

    /// <summary>Below both a run is held back.</summary>
    public required double OfMedian { get; init; }
    public required double OfLow { get; init; }

    public static RowsTold Of(long rows, SeasonRows known, Seasons seasons, InputsSpec limits)
    {
        var (ofMedian, ofLow) = known.Limits(limits.Rows.Value);
        return new RowsTold
        {
            Rows = rows,
            Blocks = seasons.Words(known.Season, known.Blocks),
            Verdict = known.Judge(rows, limits.Rows.Value),
            Median = known.Median,
            Low = known.Low,
            OfMedian = ofMedian,
            OfLow = ofLow,
        };
    }

    /// <summary>Of the manifest of extract; null where nothing is told.</summary>
    public static RowsTold? In(JsonObject details) => details[Member]?.Deserialize<RowsTold>(Json.Options);

    public void AddTo(JsonObject details) => details[Member] = JsonSerializer.SerializeToNode(this, Json.Options);

    /// <summary>What they are compared with, as the middle of a sentence.</summary>
    public string Comparison =>
        Verdict == RowsVerdict.NotJudged
            ? $"the model was trained on no more than {Blocks} to compare with"
            : $"the {Blocks} that the model was trained on have {Formats.Count((long)Median)} in the median, and "
                + $"{Formats.Count((long)Low)} at the 2nd percentile";

    /// <summary>Where a run is held back.</summary>
    public string Limits =>
        $"below both {Formats.Count((long)Math.Ceiling(OfMedian))} and {Formats.Count((long)Math.Ceiling(OfLow))} "
        + "a run is held back";
}
