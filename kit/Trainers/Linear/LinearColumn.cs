using System.Text.Json.Serialization;
using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.Linear;

/// <param name="Name">The encoder's.</param>
/// <param name="Weights">Of a number: what each standard deviation from the mean adds, and what being null does. Of a
/// category: what each code of the encoder adds. Of a text: none.</param>
/// <param name="Means">What the column adds on average to the scores of the rows learned.</param>
internal sealed record LinearColumn(
    string Name,
    IReadOnlyList<IReadOnlyList<double>> Weights,
    IReadOnlyList<double> Means
)
{
    /// <summary>Of a text, by place, a number a score: what being null adds, and each word or piece as often as a text
    /// has it.</summary>
    [JsonConverter(typeof(Packed<float>))]
    public float[]? Grams { get; init; }

    /// <summary>Of a text: the words that weigh most.</summary>
    public IReadOnlyList<LinearWord>? Words { get; init; }

    /// <summary>The weights, place after place.</summary>
    internal IEnumerable<double> Flat() =>
        Grams?.Select(weight => (double)weight) ?? Weights.SelectMany(weights => weights);

    /// <param name="weights">Of the places of the column.</param>
    /// <param name="means">What the rows learned have there on average.</param>
    internal static LinearColumn Of(
        EncodedColumn column,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> means,
        int width
    )
    {
        var mean = new double[width];
        for (var place = 0; place < means.Length; place++)
        {
            for (var k = 0; k < width; k++)
            {
                mean[k] += means[place] * weights[(place * width) + k];
            }
        }

        if (column.Grams is { } grams)
        {
            return new(column.Name, [], mean)
            {
                Grams = Array.ConvertAll(weights.ToArray(), weight => (float)weight),
                Words = LinearWord.Of(grams, weights, means, width),
            };
        }

        var some = new double[means.Length][];
        for (var place = 0; place < some.Length; place++)
        {
            some[place] = weights.Slice(place * width, width).ToArray();
        }

        return new(column.Name, some, mean);
    }
}
