using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>Options that were tried where a spec has them searched.</summary>
/// <param name="Number">From 1 on, which has those that the spec has without a search.</param>
/// <param name="Options">What was searched, by the keys of options.</param>
/// <param name="Result">What came of it.</param>
public sealed record Trial(
    int Number,
    IReadOnlyDictionary<string, double> Options,
    TrialResult Result,
    bool Chosen = false
)
{
    /// <summary>1 trial, 30 trials</summary>
    public static string Count(IReadOnlyList<Trial> trials) => Counted.Of(trials.Count, "trial");

    /// <summary>As a person reads them: <c>leaves 15, learning_rate 0.03</c>.</summary>
    public static string Text(IReadOnlyDictionary<string, double> options) =>
        string.Join(
            ", ",
            options.Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Key} {option.Value}"))
        );
}

/// <summary>What came of a trial.</summary>
/// <param name="Value">On validation, in the metric that decides; null where it could not be computed, or nothing be
/// learned.</param>
/// <param name="Size">Picked by validation, in the trainer's unit; 0 where nothing could be learned.</param>
/// <param name="Seconds">What it took.</param>
public sealed record TrialResult(double? Value, int Size, double Seconds);
