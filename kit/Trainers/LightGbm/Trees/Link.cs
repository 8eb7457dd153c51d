using System.Globalization;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Turns raw scores into answers, as LightGBM does, to the last bit.</summary>
internal sealed class Link
{
    private readonly Action<Span<double>> _convert;
    private readonly int _averagedOver;

    private Link(int width, int averagedOver, Action<Span<double>> convert) =>
        (Width, _averagedOver, _convert) = (width, averagedOver, convert);

    public int Width { get; }

    /// <exception cref="InvalidDataException">The model's objective is not known here.</exception>
    public static Link Of(TreeModel model)
    {
        var words = model.Objective.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Action<Span<double>> convert = words switch
        {
            ["binary", .. var more] => Logistic(Number(more, "sigmoid:")),
            ["multiclass", ..] => Softmax,
            ["poisson" or "tweedie", ..] => Exponential,
            ["regression" or "regression_l1" or "quantile"] => _ => { },
            _ => throw new InvalidDataException($"LightGBM's objective '{model.Objective}' is not known here."),
        };
        return new Link(model.Width, model.IsAveraged ? model.Rounds : 0, convert);
    }

    /// <param name="scores">Raw ones, row by row; the answers take their place.</param>
    public void Convert(Span<double> scores)
    {
        if (_averagedOver > 0)
        {
            foreach (ref var score in scores)
            {
                score /= _averagedOver;
            }
        }

        for (var row = 0; row < scores.Length; row += Width)
        {
            _convert(scores.Slice(row, Width));
        }
    }

    private static Action<Span<double>> Logistic(double sigmoid) =>
        scores => scores[0] = 1 / (1 + Math.Exp(-sigmoid * scores[0]));

    private static void Exponential(Span<double> scores) => scores[0] = Math.Exp(scores[0]);

    private static void Softmax(Span<double> scores)
    {
        var highest = scores[0];
        foreach (var score in scores)
        {
            highest = highest < score ? score : highest;
        }

        var sum = 0.0;
        foreach (ref var score in scores)
        {
            score = Math.Exp(score - highest);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }

    private static double Number(IEnumerable<string> words, string name) =>
        words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal)) is { } word
        && double.TryParse(word.AsSpan(name.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"LightGBM's objective '{string.Join(' ', words)}' lacks '{name}'.");
}
