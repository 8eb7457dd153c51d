using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks.Binary;

/// <summary>The probability from which a row counts as positive.</summary>
internal static class Threshold
{
    /// <summary>
    /// The threshold with the least cost; of equal ones the highest, which raises fewest alarms. It lies half way
    /// between two probabilities that occur, so that rounding moves no row across it.
    /// </summary>
    public static double OfLeastCost(double[] probabilities, bool[] positives, CostSpec cost)
    {
        var order = Enumerable.Range(0, probabilities.Length).OrderByDescending(row => probabilities[row]).ToArray();

        // No row is positive: every positive label is a miss.
        var (running, best) = (cost.Miss * positives.Count(positive => positive), 0);
        var least = running;
        for (var i = 0; i < order.Length; )
        {
            var probability = probabilities[order[i]];
            for (; i < order.Length && probabilities[order[i]] == probability; i++)
            {
                running += positives[order[i]] ? -cost.Miss : cost.FalseAlarm;
            }

            if (running < least)
            {
                (least, best) = (running, i);
            }
        }

        return best == 0 ? Math.BitIncrement(probabilities[order[0]])
            : best == order.Length ? probabilities[order[^1]]
            : (probabilities[order[best - 1]] + probabilities[order[best]]) / 2;
    }
}
