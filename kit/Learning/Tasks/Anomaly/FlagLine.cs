namespace Trainyard.Learning.Tasks.Anomaly;

/// <summary>The score from which rows are flagged.</summary>
internal static class FlagLine
{
    /// <summary>As many of the scores reach it as the share asks for, or fewer where several are the same. It lies half
    /// way between two that occur, so that rounding moves no row across it; above all where the share is less than one
    /// row.</summary>
    public static double Of(double[] scores, double share)
    {
        double[] sorted = [.. scores.OrderDescending()];
        var count = (int)decimal.Floor((decimal)share * sorted.Length);
        while (count > 0 && count < sorted.Length && sorted[count - 1] == sorted[count])
        {
            count--;
        }

        return count == 0 ? Math.BitIncrement(sorted[0])
            : count == sorted.Length ? sorted[^1]
            : sorted[count] + ((sorted[count - 1] - sorted[count]) / 2);
    }
}
