using System.Globalization;
using Trainyard.Learning.Exporting;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Turns raw scores into answers, as LightGBM does, to the last bit.</summary>
internal sealed class Link
{
    private readonly Action<Span<double>> _convert;
    private readonly Func<GraphValue, GraphValue> _write;
    private readonly int _averagedOver;

    private Link(int width, int averagedOver, Action<Span<double>> convert, Func<GraphValue, GraphValue> write) =>
        (Width, _averagedOver, _convert, _write) = (width, averagedOver, convert, write);

    public int Width { get; }

    /// <exception cref="InvalidDataException">The model's objective is not known here.</exception>
    public static Link Of(TreeModel model)
    {
        var words = model.Objective.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (Action<Span<double>> Convert, Func<GraphValue, GraphValue> Write) link = words switch
        {
            ["binary", .. var more] => Logistic(Number(more, "sigmoid:")),
            ["multiclass", ..] => (Softmax, scores => scores.Softmax()),
            ["poisson" or "tweedie", ..] => (Exponential, scores => scores.Exp()),
            ["regression" or "regression_l1" or "quantile"] => (_ => { }, scores => scores),
            _ => throw new InvalidDataException($"LightGBM's objective '{model.Objective}' is not known here."),
        };
        return new Link(model.Width, model.IsAveraged ? model.Rounds : 0, link.Convert, link.Write);
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

    /// <summary>Writes into a graph what is done with raw scores.</summary>
    public GraphValue Write(GraphValue scores) => _write(_averagedOver > 0 ? scores.Over(_averagedOver) : scores);

    private static (Action<Span<double>>, Func<GraphValue, GraphValue>) Logistic(double sigmoid) =>
        (scores => scores[0] = 1 / (1 + Math.Exp(-sigmoid * scores[0])), scores => scores.Times(sigmoid).Logistic());

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
