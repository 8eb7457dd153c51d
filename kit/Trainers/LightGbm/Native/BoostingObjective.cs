using System.Globalization;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>What a booster learns to make small.</summary>
/// <param name="Text">As LightGBM writes it.</param>
/// <param name="Width">Trees a round.</param>
internal sealed record BoostingObjective(string Text, int Width)
{
    /// <summary>The mean.</summary>
    public static BoostingObjective Regression { get; } = new("objective=regression", 1);

    /// <summary>The median.</summary>
    public static BoostingObjective RegressionL1 { get; } = new("objective=regression_l1", 1);

    /// <summary>The logarithm of the mean of a label that is not negative.</summary>
    public static BoostingObjective Poisson { get; } = new("objective=poisson", 1);

    /// <param name="sigmoid">By what the score is multiplied before the logistic function.</param>
    public static BoostingObjective Binary(double sigmoid = 1) => With("objective=binary sigmoid=", sigmoid, 1);

    /// <summary>Labels are 0 to <paramref name="classes"/> − 1.</summary>
    public static BoostingObjective Multiclass(int classes) =>
        With("objective=multiclass num_class=", classes, classes);

    /// <param name="alpha">The share of labels that lie below.</param>
    public static BoostingObjective Quantile(double alpha) => With("objective=quantile alpha=", alpha, 1);

    /// <param name="power">From 1 (Poisson) to 2 (gamma).</param>
    public static BoostingObjective Tweedie(double power) =>
        With("objective=tweedie tweedie_variance_power=", power, 1);

    private static BoostingObjective With(string text, double value, int width) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{text}{value:R}"), width);
}
