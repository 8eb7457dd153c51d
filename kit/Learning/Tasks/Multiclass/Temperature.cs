using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tasks.Multiclass;

/// <summary>By what the logarithms of a model's probabilities are divided so that they are as sure as they should be
/// (Guo et al. 2017, On Calibration of Modern Neural Networks).</summary>
internal static class Temperature
{
    private const double Lowest = 0.05;
    private const double Highest = 20;
    private const int Halvings = 40;

    /// <summary>
    /// The temperature of the least log loss on validation. That falls and then rises with its reciprocal, so its slope
    /// is halved upon. One row is added: the surest one, as if its second class had been right; without it a
    /// validation in which every answer is right would make every later one a certainty.
    /// </summary>
    /// <param name="labels">The rows' classes by their places among the scores.</param>
    public static double Of(Scores scores, double[] labels)
    {
        var logs = new Scores(Array.ConvertAll(scores.Values, Probabilities.Log), scores.Width);
        var (surest, second) = Surest(logs);
        var (low, high) = (1 / Highest, 1 / Lowest);
        for (var halving = 0; halving < Halvings; halving++)
        {
            // In the middle as ratios go.
            var power = Math.Sqrt(low * high);
            var slope = Slope(logs.Row(surest), second, power);
            for (var row = 0; row < logs.Rows; row++)
            {
                slope += Slope(logs.Row(row), (int)labels[row], power);
            }

            (low, high) = slope < 0 ? (power, high) : (low, power);
        }

        return 1 / Math.Sqrt(low * high);
    }

    /// <summary>How the log loss of a row changes with the power that its probabilities are raised to.</summary>
    private static double Slope(ReadOnlySpan<double> logs, int label, double power)
    {
        var greatest = double.NegativeInfinity;
        foreach (var log in logs)
        {
            greatest = Math.Max(greatest, log);
        }

        var (sum, weighted) = (0.0, 0.0);
        foreach (var log in logs)
        {
            var share = Math.Exp(power * (log - greatest));
            sum += share;
            weighted += share * log;
        }

        return (weighted / sum) - logs[label];
    }

    private static (int Row, int Second) Surest(Scores logs)
    {
        var (surest, second, farthest) = (0, 0, double.NegativeInfinity);
        for (var row = 0; row < logs.Rows; row++)
        {
            var (first, next) = Greatest(logs.Row(row));
            if (logs.Row(row)[first] - logs.Row(row)[next] is var lead && lead > farthest)
            {
                (surest, second, farthest) = (row, next, lead);
            }
        }

        return (surest, second);
    }

    /// <summary>The places of the two greatest.</summary>
    private static (int First, int Next) Greatest(ReadOnlySpan<double> values)
    {
        var (first, next) = values[1] > values[0] ? (1, 0) : (0, 1);
        for (var i = 2; i < values.Length; i++)
        {
            if (values[i] > values[first])
            {
                (first, next) = (i, first);
            }
            else if (values[i] > values[next])
            {
                next = i;
            }
        }

        return (first, next);
    }
}
