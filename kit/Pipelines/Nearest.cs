using Quickenshtein;

namespace Trainyard.Pipelines;

/// <summary>The known name nearest to a misspelt one.</summary>
public static class Nearest
{
    /// <summary>The nearest candidate by Levenshtein distance, if it is near enough to be what was meant.</summary>
    public static string? To(string word, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate =>
                (candidate, distance: Levenshtein.GetDistance(word.ToLowerInvariant(), candidate.ToLowerInvariant()))
            )
            .Where(pair =>
                pair.distance <= Math.Max(2, pair.candidate.Length / 3) && pair.distance < pair.candidate.Length
            )
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    /// <summary>« Did you mean 'x'?» with a space before it, or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        To(word, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}
