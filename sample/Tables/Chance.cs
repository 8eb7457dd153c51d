namespace Trainyard.Sample.Tables;

/// <summary>Seeded randomness. Each concern draws from a stream of its own, so more flights do not change the
/// weather.</summary>
internal sealed class Chance(int seed, int stream)
{
    private readonly Random _random = new(unchecked((seed * 486187739) + (stream * 16777619)));

    /// <summary>From 0 up to, but not including, 1.</summary>
    public double Uniform() => _random.NextDouble();

    public bool Is(double probability) => Uniform() < probability;

    public int Below(int count) => _random.Next(count);

    public double Normal(double mean = 0, double deviation = 1) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform()));

    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>How often something happens that does so independently, and so often on average. It takes time in
    /// proportion to the mean.</summary>
    public int Poisson(double mean)
    {
        var count = 0;
        for (var left = mean - Exponential(1); left > 0; left -= Exponential(1))
        {
            count++;
        }

        return count;
    }

    /// <summary>One of the items, each as likely as the others.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>One of the items, by their weights.</summary>
    public T Pick<T>(IReadOnlyList<T> items, IReadOnlyList<double> weights)
    {
        var at = Uniform() * weights.Sum();
        for (var i = 0; i < items.Count; i++)
        {
            at -= weights[i];
            if (at < 0)
            {
                return items[i];
            }
        }

        return items[^1];
    }
}
