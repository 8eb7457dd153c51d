using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary>Somebody has looked at what a try is worth on a holdout. Who chooses by the holdout has none any more: a
/// model whose holdout was looked at says so in its card.</summary>
public sealed record Look : IDocument
{
    public static IReadOnlyList<string> Formats => ["1.1.0"];

    public int Format { get; init; } = 1;

    /// <summary>The train run whose holdout it is.</summary>
    public required string Run { get; init; }

    /// <summary>The number of the try.</summary>
    public required int Try { get; init; }

    /// <summary>The holdout's cutoffs are after this; null where the table has no time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Up to this.</summary>
    public DateTimeOffset? Through { get; init; }

    public required DateTimeOffset At { get; init; }
    public required string Who { get; init; }

    public static string Sentence(int looks) =>
        $"Rows of the holdout were looked at {(looks == 1 ? "once" : $"{looks} times")} while options were tried "
        + "(trainyard try --holdout): who has chosen by them has no holdout, and what is measured here may promise too "
        + "much.";

    /// <summary>Whether that holdout has rows of another; without time every holdout of a pipeline has the same
    /// keys.</summary>
    public bool Saw(DateTimeOffset? after, DateTimeOffset? through) => !(After >= through || after >= Through);
}
