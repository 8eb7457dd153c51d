using Trainyard.Learning.Calibrating;
using Trainyard.Stores;

namespace Trainyard.Tests.Models;

public sealed class CalibratorTests
{
    private static readonly double[] Probabilities = [0.5, 0.2, 0.9, 0.2, 0.5, 0.9, 0.2, 0.9, 0.5];
    private static readonly bool[] IsPositive = [false, false, true, false, true, true, false, true, true];

    [Fact]
    public void Probabilities_become_shares_and_lie_on_a_line_between_them()
    {
        // One positive more at the lowest, one negative more at the highest.
        double[] asked = [0, 0.2, 0.35, 0.5, 0.7, 0.9, 1];
        Isotonic.Fit(Probabilities, IsPositive).Apply(asked);

        double[] shares = [1 / 4.0, 2 / 3.0, 3 / 4.0];
        double[] expected =
        [
            shares[0],
            shares[0],
            (shares[0] + shares[1]) / 2,
            shares[1],
            (shares[1] + shares[2]) / 2,
            shares[2],
            shares[2],
        ];
        Assert.All(expected.Zip(asked), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Fact]
    public void What_is_no_probability_stays_none()
    {
        double[] asked = [double.NaN, 0.2];
        Isotonic.Fit(Probabilities, IsPositive).Apply(asked);

        Assert.Equal([double.NaN, 0.25], asked);
    }

    [Fact]
    public void Shares_that_would_fall_are_answered_alike()
    {
        double[] asked = [0.1, 0.3, 0.4, 0.5, 0.6, 0.8];
        var calibrator = Isotonic.Fit(
            [0.1, 0.1, 0.3, 0.4, 0.5, 0.6, 0.8],
            [false, false, true, false, true, false, true]
        );
        calibrator.Apply(asked);

        Assert.Equal([1 / 3.0, 0.5, 0.5, 0.5, 0.5, 0.5], asked);
        Assert.Equal([(0.1, 0.1), (0.3, 0.8)], calibrator.Steps.Select(step => (step.Low, step.High)));
    }

    [Fact]
    public void The_map_never_falls_and_is_never_certain()
    {
        var random = new Random(3);
        double[] probabilities = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())];
        bool[] isPositive = [.. probabilities.Select(probability => random.NextDouble() < probability * probability)];
        double[] asked = [.. Enumerable.Range(0, 1001).Select(i => i / 1000.0)];
        Isotonic.Fit(probabilities, isPositive).Apply(asked);

        Assert.Equal(asked.Order(), asked);
        Assert.All(asked, answer => Assert.InRange(answer, double.Epsilon, 1 - 1e-9));
        Assert.InRange(asked[500], 0.2, 0.3);
    }

    [Fact]
    public void It_survives_its_file()
    {
        var calibrator = Isotonic.Fit(Probabilities, IsPositive);
        var read = Documents.Read<Calibrator>(Documents.Bytes(calibrator), "calibrator.json");

        Assert.Equal(calibrator.Steps, read.Steps);
    }
}
