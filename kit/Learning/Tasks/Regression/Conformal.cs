using System.Globalization;
using Trainyard.Learning.Exporting;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks.Regression;

/// <summary>By how much quantiles must be moved outward to hold the share of labels that was asked for (conformalized
/// quantile regression: Romano, Patterson and Candès 2019).</summary>
internal static class Conformal
{
    /// <summary>The levels of the two quantiles.</summary>
    public static (double Low, double High) Levels(double share) => ((1 - share) / 2, 1 - ((1 - share) / 2));

    /// <summary>Below 0 where the quantiles hold more than was asked for; 65 where there are too few labels to say.
    /// </summary>
    /// <param name="labels">Of rows that the model which answered them has not learned.</param>
    public static double Widening(double[] low, double[] high, double[] labels, double share)
    {
        // Of n + 1 labels that could stand in any order, this many at least lie within.
        var rank = (int)decimal.Ceiling((decimal)share * (labels.Length + 1));
        if (rank > labels.Length)
        {
            throw Fault.BadData(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"An interval that holds {new Share(share)} of the labels needs {Least(share):N0} rows at least "
                        + $"that were answered and not learned, and there are {labels.Length:N0}. Give it more rows, "
                        + $"or make model.interval smaller. Nothing was changed."
                )
            );
        }

        var beyond = new double[labels.Length];
        for (var row = 0; row < beyond.Length; row++)
        {
            var (lower, upper) = Ordered(low[row], high[row]);
            beyond[row] = Math.Max(lower - labels[row], labels[row] - upper);
        }

        Array.Sort(beyond);
        return beyond[rank - 1];
    }

    /// <summary>The interval around a value: its ends do not cross, and the value lies between them.</summary>
    public static (double Low, double High) Around(double value, double low, double high, double widening)
    {
        var (lower, upper) = Ordered(low, high);
        (lower, upper) = (lower - widening, upper + widening);

        // What is narrowed too far meets in the middle.
        var middle = lower + ((upper - lower) / 2);
        return (Math.Min(Math.Min(lower, middle), value), Math.Max(Math.Max(upper, middle), value));
    }

    /// <summary>The same in a graph.</summary>
    public static (GraphValue Low, GraphValue High) Around(
        GraphValue value,
        GraphValue low,
        GraphValue high,
        double widening
    )
    {
        var (lower, upper) = (low.Lower(high).Plus(-widening), low.Higher(high).Plus(widening));
        var middle = lower.Plus(upper.Minus(lower).Over(2));
        return (lower.Lower(middle).Lower(value), upper.Higher(middle).Higher(value));
    }

    private static (double, double) Ordered(double one, double other) => one <= other ? (one, other) : (other, one);

    /// <remarks>In decimals, as shares are written: in doubles 0.9 / (1 - 0.9) is above 9.</remarks>
    private static decimal Least(double share) => decimal.Ceiling((decimal)share / (1 - (decimal)share));
}
