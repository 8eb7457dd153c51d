namespace Trainyard.Sample.Flights.Generator;

/// <summary>
/// The log odds of being late, as they can be known at 00:00 of the flight's date: a normal distribution, whose
/// variance
/// is what the day has yet to bring.
/// </summary>
internal readonly record struct Odds(double Mean, double Variance)
{
    // Gauss–Hermite quadrature for a standard normal distribution, exact for polynomials up to degree 9.
    private static readonly double[] Nodes = [-2.8569700138728, -1.3556261799743, 0, 1.3556261799743, 2.8569700138728];
    private static readonly double[] Weights =
    [
        0.0112574113277,
        0.2220759220056,
        0.5333333333333,
        0.2220759220056,
        0.0112574113277,
    ];

    /// <summary>The probability that follows: no model that keeps to the cutoff can rank flights better.</summary>
    public double Probability
    {
        get
        {
            var (deviation, sum) = (Math.Sqrt(Variance), 0.0);
            for (var i = 0; i < Nodes.Length; i++)
            {
                sum += Weights[i] * Logistic(Mean + (deviation * Nodes[i]));
            }

            return sum;
        }
    }

    public static Odds operator +(Odds left, Odds right) => new(left.Mean + right.Mean, left.Variance + right.Variance);

    public static Odds Add(Odds left, Odds right) => left + right;

    public static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
