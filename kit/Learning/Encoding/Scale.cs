using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Encoding;

/// <summary>How a column of numbers is read as distances from its mean, in standard deviations or in its own unit:
/// seconds of an epoch in 32 bits as exactly as shares.</summary>
/// <param name="Mean">Of the numbers that were learned; or the middle one, where that is what they are counted
/// from.</param>
/// <param name="Deviation">What a distance is measured in: theirs, or 1 where it is measured in their own unit, and
/// where they are all the same.</param>
/// <param name="Reach">Farther from the mean none of as many numbers can lie; whatever does, the infinite among them,
/// counts as lying there.</param>
public sealed record Scale(double Mean, double Deviation, double Reach)
{
    /// <summary>How far aside a null lies, where distances count: from the mean, as far as numbers do on the whole.
    /// </summary>
    public double Aside { get; init; } = 1;

    /// <summary>What differs by less than this share of the largest number differs by what computing it did.</summary>
    private const double Noise = 1e-13;

    /// <summary>As far as anything lies from a middle: beyond all that 64 bits tell from what lies together
    /// there.</summary>
    private const double MiddleReach = 1e30;

    /// <param name="values">Without NaN.</param>
    public static Scale Of(ReadOnlySpan<double> values, Scaling unit = Scaling.Standard)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
        }

        if (largest == 0)
        {
            return new(0, 1, 1);
        }

        // In shares of the largest, whose squares are never too large.
        var (sum, squares, count) = (new Sum(), new Sum(), 0);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                sum.Add(value / largest);
                count++;
            }
        }

        var mean = sum.Value / count;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                squares.Add(((value / largest) - mean) * ((value / largest) - mean));
            }
        }

        var share = Math.Sqrt(squares.Value / count);
        var deviation = share > Noise && share * largest > 0 ? share * largest : 1;
        return unit == Scaling.Standard
            ? new(mean * largest, deviation, Math.Sqrt(count))
            : new(mean * largest, 1, Math.Sqrt(count) * deviation) { Aside = deviation };
    }

    /// <summary>Distances from the middle one of all different numbers, in what half of them lie from it: neither is
    /// moved by how far away a few others are, nor by how often one of them stands for none.</summary>
    /// <param name="values">Without NaN.</param>
    public static Scale FromMiddle(ReadOnlySpan<double> values)
    {
        double[] sorted = [.. values.ToArray().Where(double.IsFinite).Order()];
        double[] different = [.. sorted.Where((value, i) => i == 0 || value != sorted[i - 1])];
        var middle = different.Length == 0 ? 0 : different[different.Length / 2];

        // Halves of them, for the distance of two may be more than 64 bits hold.
        double[] halves =
        [
            .. different.Select(value => Math.Abs((value / 2) - (middle / 2))).Where(half => half > 0).Order(),
        ];
        var unit = halves.Length == 0 ? 1 : Math.Min(2 * halves[(halves.Length - 1) / 2], double.MaxValue);
        return new(middle, unit, MiddleReach);
    }

    /// <summary>The distance of each row's number from the mean; NaN stays NaN.</summary>
    public float[] Encode(NumberColumn column)
    {
        var distances = new float[column.Count];
        for (var row = 0; row < distances.Length; row++)
        {
            distances[row] = (float)Math.Clamp((column[row] - Mean) / Deviation, -Reach, Reach);
        }

        return distances;
    }
}
