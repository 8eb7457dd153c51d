using System.Collections.Concurrent;

namespace Trainyard.Trainers.LightGbm.Trees.Reasons;

/// <summary>Gauss and Legendre's points and weights from 0 to 1: n of them integrate a polynomial of degree 2n − 1
/// exactly.</summary>
internal sealed class Quadrature
{
    private static readonly ConcurrentDictionary<int, Quadrature> Known = [];

    private Quadrature(int count)
    {
        Points = new double[count];
        Weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            // Newton's steps to a root of Legendre's polynomial, from a guess near enough to one of its own.
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 0.0;
            for (var step = 0; step < 100; step++)
            {
                (var value, slope) = Legendre(count, x);
                var next = x - (value / slope);
                if (Math.Abs(next - x) < 1e-16)
                {
                    break;
                }

                x = next;
            }

            Points[i] = (1 + x) / 2;
            Weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }
    }

    public double[] Points { get; }

    public double[] Weights { get; }

    /// <summary>Exact for products of up to <paramref name="factors"/> linear factors.</summary>
    public static Quadrature For(int factors) => Known.GetOrAdd((factors / 2) + 1, count => new Quadrature(count));

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        var (before, value) = (1.0, x);
        for (var n = 2; n <= degree; n++)
        {
            (before, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n);
        }

        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
