using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Live;

/// <summary>What came true, over what was predicted: 1 where predictions are right on average. An order that stays
/// right while all become more likely moves no AUC, and this.</summary>
internal sealed class ObservedToExpected : ResampledMetric
{
    private readonly double[] _observed;
    private readonly double[] _expected;

    private ObservedToExpected(double[] observed, double[] expected) => (_observed, _expected) = (observed, expected);

    /// <returns>Null where sums say nothing, for values of either sign make up for each other.</returns>
    public static ObservedToExpected? Of(double[] observed, double[] expected, Blocks blocks)
    {
        if (Array.Exists(observed, IsNone) || Array.Exists(expected, IsNone))
        {
            return null;
        }

        var (sums, of) = (new double[blocks.Count], new double[blocks.Count]);
        for (var row = 0; row < observed.Length; row++)
        {
            sums[blocks.OfRow[row]] += observed[row];
            of[blocks.OfRow[row]] += expected[row];
        }

        return new ObservedToExpected(sums, of);

        static bool IsNone(double value) => !(value >= 0);
    }

    public override double Of(int[] weights)
    {
        var (observed, expected) = (0.0, 0.0);
        for (var block = 0; block < weights.Length; block++)
        {
            observed += weights[block] * _observed[block];
            expected += weights[block] * _expected[block];
        }

        return expected > 0 ? observed / expected : double.NaN;
    }
}
