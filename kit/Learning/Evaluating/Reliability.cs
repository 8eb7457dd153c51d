using Trainyard.Learning.Data;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>Whether predictions mean what they say: mean prediction against mean label in bins of equal
/// count.</summary>
public static class Reliability
{
    private const int MostBins = 20;
    private const int LeastBins = 10;
    private const int RowsPerBin = 100;

    public static IReadOnlyList<ReliabilityBin> Bins(double[] predictions, double[] labels)
    {
        var order = Enumerable.Range(0, predictions.Length).ToArray();
        Array.Sort((double[])predictions.Clone(), order);
        var count = Math.Clamp(predictions.Length / RowsPerBin, LeastBins, MostBins);
        var bins = new List<ReliabilityBin>();
        for (var bin = 0; bin < count; bin++)
        {
            var (from, to) = ((int)((long)order.Length * bin / count), (int)((long)order.Length * (bin + 1) / count));
            if (from < to)
            {
                var rows = order[from..to];
                bins.Add(
                    new ReliabilityBin(
                        Sum.Mean(Array.ConvertAll(rows, row => predictions[row])),
                        Sum.Mean(Array.ConvertAll(rows, row => labels[row])),
                        rows.Length
                    )
                );
            }
        }

        return bins;
    }

    /// <summary>The expected calibration error: the distance between the two means, averaged over rows.</summary>
    public static double ExpectedError(IReadOnlyList<ReliabilityBin> bins) =>
        bins.Sum(bin => bin.Rows * Math.Abs(bin.Predicted - bin.Observed)) / bins.Sum(bin => bin.Rows);
}
