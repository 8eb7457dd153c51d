using System.Numerics;

namespace Trainyard.Learning.Encoding;

/// <summary>
/// Between which learned values a number lies, for columns in which the 32 bits that a model reads would make equal
/// what is not. A tree asks only on which side of a threshold a value lies, and LightGBM keeps 255 thresholds a
/// column, so places between cut points are as good as the values: also those that LightGBM itself would take for zero
/// or for each other, and for whoever reads the model in 32 bits.
/// </summary>
internal static class CutPoints
{
    /// <summary>About as many places as a column gets, where it has more values: 64 for each threshold.</summary>
    public const int Places = 1 << 14;

    /// <summary>Who reads a model with Microsoft.ML gets "missing goes right" as the threshold plus 1 in 32 bits, which
    /// from here on is lost.</summary>
    private const double TooLarge = EncodedRows.Largest + 1.0;

    /// <summary>What LightGBM takes for zero.</summary>
    private const double TooSmall = 1e-35;

    private const int LeastStep = -100;

    /// <summary>Values that are not whole differ by what computing them did where they lie nearer than this share of
    /// the column's largest (the cosines of Tuesday and Saturday; 0.1 + 0.2 and 0.3), and this of their own size.
    /// </summary>
    private const double Noise = 8.0 / (1L << 52);
    private const double OwnNoise = 1.0 / (1L << 40);

    /// <summary>The cut points of values; null where the model can read the values in 32 bits, and lose
    /// nothing.</summary>
    /// <param name="values">Without NaN; they get sorted.</param>
    public static double[]? Learn(Span<double> values)
    {
        var (step, largest, isFinite) = GridOf(values);
        if (isFinite && step >= LeastStep && largest < Math.Min(TooLarge, Math.ScaleB(1, step + 23)))
        {
            // Multiples of a power of two, mostly of 1, so few times it that 32 bits hold the middle of any two.
            return null;
        }

        var noise = step >= 0 ? 0 : Noise * largest;
        values.Sort();
        return AreTold(values, noise) ? null : Between(values, noise);
    }

    /// <summary>How many cut points lie below a value.</summary>
    public static int CountBelow(ReadOnlySpan<double> cuts, double value)
    {
        var (first, count) = (0, cuts.Length);
        while (count > 0)
        {
            var half = count / 2;
            (first, count) = cuts[first + half] < value ? (first + half + 1, count - half - 1) : (first, half);
        }

        return first;
    }

    /// <summary>The greatest power of two of which all finite values are multiples, the largest of them without its
    /// sign, and whether there are others.</summary>
    private static (int Step, double Largest, bool IsFinite) GridOf(ReadOnlySpan<double> values)
    {
        var (step, largest, isFinite) = (0, 0.0, true);
        foreach (var value in values)
        {
            isFinite &= double.IsFinite(value);
            if (value != 0 && double.IsFinite(value))
            {
                step = largest == 0 ? LowestBit(value) : Math.Min(step, LowestBit(value));
                largest = Math.Max(largest, Math.Abs(value));
            }
        }

        return (step, largest, isFinite);
    }

    /// <summary>The power of two that is the last binary digit of a value.</summary>
    private static int LowestBit(double value)
    {
        const int digits = 52;
        const int bias = 1075;
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var (exponent, fraction) = ((int)(bits >> digits) & 0x7ff, bits & ((1UL << digits) - 1));
        return exponent == 0
            ? 1 - bias + BitOperations.TrailingZeroCount(fraction)
            : exponent - bias + BitOperations.TrailingZeroCount(fraction | (1UL << digits));
    }

    /// <summary>Whether 32 bits tell sorted values from each other, and from the middle between them.</summary>
    private static bool AreTold(ReadOnlySpan<double> sorted, double noise)
    {
        for (var (i, first) = (0, 0); i < sorted.Length; i++)
        {
            if (sorted[i] != 0 && Math.Abs(sorted[i]) is < TooSmall or >= TooLarge)
            {
                return false;
            }

            if (Differ(sorted[first], sorted[i], noise))
            {
                var (low, high) = ((float)sorted[i - 1], (float)sorted[i]);
                if ((float)Middle(low, high) >= high)
                {
                    return false;
                }

                first = i;
            }
        }

        return true;
    }

    /// <summary>The points between sorted values. Zero has a place of its own, as it has with LightGBM.</summary>
    private static double[] Between(Span<double> sorted, double noise)
    {
        var size = Math.Max(1, sorted.Length / Places);
        var negatives = CountBelow(sorted, 0);
        var positives = sorted.Length - CountBelow(sorted, double.Epsilon);
        List<double> cuts = [];
        AddWithin(cuts, sorted[..negatives], size, noise);
        if (negatives > 0)
        {
            cuts.Add(-double.Epsilon);
        }

        if (positives > 0)
        {
            cuts.Add(0);
        }

        AddWithin(cuts, sorted[^positives..], size, noise);
        return [.. cuts];
    }

    /// <param name="size">How many rows make a place; a value that so many share has one to itself.</param>
    private static void AddWithin(List<double> cuts, ReadOnlySpan<double> sorted, int size, double noise)
    {
        for (var (i, first) = (1, 0); i < sorted.Length; i++)
        {
            if (
                Differ(sorted[first], sorted[i], noise)
                && sorted[i] != sorted[i - 1]
                && (i - first >= size || (i + size <= sorted.Length && sorted[i + size - 1] == sorted[i]))
            )
            {
                // One up, as LightGBM's thresholds are, where there is room.
                var middle = Middle(sorted[i - 1], sorted[i]);
                var above = Math.BitIncrement(middle);
                cuts.Add(above < sorted[i] && above <= double.MaxValue ? above : middle);
                first = i;
            }
        }
    }

    /// <summary>Whether two values are more than one with the noise of computing it.</summary>
    private static bool Differ(double low, double high, double noise) =>
        high - low > Math.Min(noise, OwnNoise * Math.Max(Math.Abs(low), Math.Abs(high)));

    /// <summary>What lies half way between two values, below the higher, and finite.</summary>
    private static double Middle(double low, double high)
    {
        var sum = low + high;
        var middle = double.IsFinite(sum) ? sum / 2 : (low / 2) + (high / 2);
        return Math.Clamp(middle < high ? middle : low, double.MinValue, double.MaxValue);
    }
}
