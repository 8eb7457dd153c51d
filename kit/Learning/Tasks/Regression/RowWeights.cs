namespace Trainyard.Learning.Tasks.Regression;

/// <summary>What rows weigh in learning where they do not all weigh the same in the metric.</summary>
internal static class RowWeights
{
    /// <summary>How far above the middle one a weight may be: a label next to 0 is not to be all that is
    /// learned.</summary>
    private const double Most = 1e4;

    /// <summary>By the rows' places, 1 on average over the rows being learned.</summary>
    public static float[] Of(double[] labels, int[] learned, Func<double, double> weigh)
    {
        double[] sorted = [.. learned.Select(row => weigh(labels[row])).Where(weight => weight > 0).Order()];
        if (sorted.Length == 0)
        {
            return [.. labels.Select(_ => 1f)];
        }

        var most = Most * sorted[sorted.Length / 2];
        var mean = sorted.Sum(weight => Math.Min(weight, most)) / learned.Length;
        return Array.ConvertAll(
            labels,
            label => double.IsNaN(label) ? 0 : (float)(Math.Min(weigh(label), most) / mean)
        );
    }
}
