using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.Linear;

/// <summary>A word that weighs much. Rows of several keys have it.</summary>
/// <param name="Values">What it adds to each score, on the whole, where a text has it.</param>
internal sealed record LinearWord(string Text, IReadOnlyList<double> Values)
{
    private const int Most = 200;

    /// <summary>Those that make most difference, the first first.</summary>
    public static IReadOnlyList<LinearWord> Of(
        TextGrams grams,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> means,
        int width
    )
    {
        var words = new List<LinearWord>();
        foreach (var (place, name) in grams.Names)
        {
            // The mean is over all rows, and of interest is that over those which have it.
            var amount = means[place] * grams.Rows / grams.Seen[place - 1];
            var values = weights.Slice(place * width, width).ToArray();
            words.Add(new(name, Array.ConvertAll(values, weight => weight * amount)));
        }

        return
        [
            .. words
                .OrderByDescending(word => word.Values.Max(Math.Abs))
                .ThenBy(word => word.Text, StringComparer.Ordinal)
                .Take(Most),
        ];
    }
}
