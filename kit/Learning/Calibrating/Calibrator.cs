using Trainyard.Stores;

namespace Trainyard.Learning.Calibrating;

/// <summary><c>calibrator.json</c> of a package: turns a model's probabilities into such as come true. A map that never
/// falls, learned by <see cref="Isotonic"/>.</summary>
public sealed record Calibrator : IDocument
{
    public static IReadOnlyList<string> Formats => ["1.1.0"];

    public int Format { get; init; } = 1;

    /// <summary>From the lowest probability to the highest; between two of them the answer lies on the line that joins
    /// their ends, and beyond them it is that of the nearest.</summary>
    public required IReadOnlyList<CalibratorStep> Steps { get; init; }

    /// <param name="probabilities">Those of the model; what they become takes their place.</param>
    public void Apply(Span<double> probabilities)
    {
        foreach (ref var probability in probabilities)
        {
            probability = Of(probability);
        }
    }

    private double Of(double probability)
    {
        if (double.IsNaN(probability))
        {
            return probability;
        }

        var next = CountBelow(probability);
        if (next == Steps.Count)
        {
            return Steps[^1].Answer;
        }

        var step = Steps[next];
        if (next == 0 || probability >= step.Low)
        {
            return step.Answer;
        }

        var before = Steps[next - 1];
        var share = (probability - before.High) / (step.Low - before.High);
        return before.Answer + (share * (step.Answer - before.Answer));
    }

    /// <summary>How many steps end below a probability.</summary>
    private int CountBelow(double probability)
    {
        var (first, count) = (0, Steps.Count);
        while (count > 0)
        {
            var half = count / 2;
            (first, count) =
                Steps[first + half].High < probability ? (first + half + 1, count - half - 1) : (first, half);
        }

        return first;
    }
}

/// <summary>Probabilities that are answered alike.</summary>
public sealed record CalibratorStep(double Low, double High, double Answer);
