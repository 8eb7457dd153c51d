using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tasks.Multiclass;

/// <summary>What a model's scores say of classes. No class is impossible: that one was never seen in so many rows does
/// not make it so, and a certainty that was wrong once would make the log loss infinite.</summary>
internal static class Probabilities
{
    /// <summary>The least probability of a class, and that of one which the model does not know.</summary>
    public const double Least = 1e-6;

    /// <summary>Below it a probability is none that 64 bits would tell from 0 in a product.</summary>
    private const double Smallest = 1e-300;

    /// <summary>The logarithm of a score.</summary>
    public static double Log(double score) => Math.Log(Math.Max(score, Smallest));

    /// <summary>Scores at a temperature; each row adds up to 1.</summary>
    public static Scores Of(Scores scores, double temperature)
    {
        var values = (double[])scores.Values.Clone();
        for (var row = 0; row < scores.Rows; row++)
        {
            Fill(values.AsSpan(row * scores.Width, scores.Width), 1 / temperature);
        }

        return new Scores(values, scores.Width);
    }

    /// <summary>The same in a graph.</summary>
    public static GraphValue Of(GraphValue scores, int classes, double temperature)
    {
        if (temperature != 1)
        {
            scores = scores.Higher(Smallest).Log().Times(1 / temperature).Softmax();
        }

        return scores.Shares().Times(1 - (classes * Least)).Plus(Least);
    }

    private static void Fill(Span<double> row, double power)
    {
        if (power != 1)
        {
            Raise(row, power);
        }

        // To mix in the same share of each class keeps their order and their sum.
        var rest = 1 - (row.Length * Least);
        var sum = 0.0;
        foreach (var probability in row)
        {
            sum += probability;
        }

        foreach (ref var probability in row)
        {
            probability = (rest * (probability / sum)) + Least;
        }
    }

    /// <summary>To the power, as shares of the greatest: the power of each alone could be 0.</summary>
    private static void Raise(Span<double> row, double power)
    {
        var greatest = double.NegativeInfinity;
        foreach (ref var probability in row)
        {
            probability = power * Log(probability);
            greatest = Math.Max(greatest, probability);
        }

        foreach (ref var probability in row)
        {
            probability = Math.Exp(probability - greatest);
        }
    }
}
