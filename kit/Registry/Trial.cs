using System.Globalization;

namespace Trainyard.Registry;

/// <summary>Options that were tried where a spec has them searched.</summary>
/// <param name="Number">From 1 on, which has those that the spec has without a search.</param>
/// <param name="Options">What was searched, by the keys of options.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Error">The standard error of its gain over trial 1; null where there is none to be had, as of
/// that.</param>
public sealed record Trial(
    int Number,
    IReadOnlyDictionary<string, double> Options,
    TrialResult Result,
    double? Error = null,
    bool Chosen = false
)
{
    /// <summary>Which one has gone on, in words: trial 3 of 30.</summary>
    public static string Chose(IReadOnlyList<Trial> trials) =>
        $"trial {trials.Single(trial => trial.Chosen).Number} of {trials.Count}";

    /// <summary>Why the first one has gone on.</summary>
    public static string WhyFirst(IReadOnlyList<Trial> trials) =>
        trials.Count == 1 ? "no other was tried"
        : trials.Any(trial => trial.Error is not null) ? "none is better by more than chance explains"
        : "how sure a gain is cannot be told by these rows";

    /// <summary>As a person reads them: <c>leaves 15, learning_rate 0.03</c>.</summary>
    public static string Text(IReadOnlyDictionary<string, double> options) =>
        string.Join(
            ", ",
            options.Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Key} {option.Value}"))
        );
}
