using System.Globalization;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>What a booster learns to make small.</summary>
/// <param name="Text">As LightGBM writes it.</param>
/// <param name="Width">Trees a round.</param>
internal sealed record Objective(string Text, int Width)
{
    /// <summary>The mean.</summary>
    public static Objective Regression { get; } = new("objective=regression", 1);

    /// <summary>The median.</summary>
    public static Objective RegressionL1 { get; } = new("objective=regression_l1", 1);

    /// <summary>The logarithm of the mean of a label that is not negative.</summary>
    public static Objective Poisson { get; } = new("objective=poisson", 1);

    /// <param name="sigmoid">By what the score is multiplied before the logistic function.</param>
    public static Objective Binary(double sigmoid = 1) => With("objective=binary sigmoid=", sigmoid, 1);

    /// <summary>Labels are 0 to <paramref name="classes"/> − 1.</summary>
    public static Objective Multiclass(int classes) => With("objective=multiclass num_class=", classes, classes);

    /// <param name="alpha">The share of labels that lie below.</param>
    public static Objective Quantile(double alpha) => With("objective=quantile alpha=", alpha, 1);

    /// <param name="power">From 1 (Poisson) to 2 (gamma).</param>
    public static Objective Tweedie(double power) => With("objective=tweedie tweedie_variance_power=", power, 1);

    private static Objective With(string text, double value, int width) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{text}{value:R}"), width);
}
