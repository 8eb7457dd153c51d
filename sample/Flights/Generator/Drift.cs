using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights.Generator;

/// <summary>
/// A state that wanders about zero with a standard deviation of one: tomorrow is <c>memory</c> times today, and news.
/// What is known of it ahead is the part that memory carries; the news is what nobody can know.
/// </summary>
internal sealed class Drift(double memory, Chance chance)
{
    public double Value { get; private set; } = chance.Normal();

    /// <summary>What can be expected of it so many steps from now.</summary>
    public double Expected(int steps = 1) => Math.Pow(memory, steps) * Value;

    /// <summary>The variance about what can be expected.</summary>
    public double Variance(int steps = 1) => 1 - Math.Pow(memory, 2 * steps);

    public void Step() => Value = Expected() + chance.Normal(0, Math.Sqrt(Variance()));
}
