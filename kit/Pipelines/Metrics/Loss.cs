namespace Trainyard.Pipelines;

/// <summary>What a trainer makes small, or watches on validation to know when to stop.</summary>
/// <param name="Parameter">The level of a quantile, the power of Tweedie; 0 where a loss has none.</param>
public sealed record Loss(LossKind Kind, double Parameter = 0)
{
    /// <summary>Of the probability of a label that is 0 or 1.</summary>
    public static Loss Logistic { get; } = new(LossKind.Logistic);

    /// <summary>The squared error: its least is the mean.</summary>
    public static Loss Squared { get; } = new(LossKind.Squared);

    /// <summary>The size of the error: its least is the median.</summary>
    public static Loss Absolute { get; } = new(LossKind.Absolute);

    /// <summary>The deviance of counts, whose spread grows as their mean: its least is the mean, learned on the scale
    /// of its logarithm.</summary>
    public static Loss Poisson { get; } = new(LossKind.Poisson);

    /// <summary>Whether scores are learned as logarithms, so that answers are above 0.</summary>
    public bool IsOfLogarithm => Kind is LossKind.Poisson or LossKind.Tweedie;

    /// <summary>The pinball loss: its least is the value below which this share of labels lies.</summary>
    public static Loss Quantile(double level) => new(LossKind.Quantile, level);

    /// <summary>The deviance of amounts that are often 0, whose spread grows as the mean to a power between 1 (Poisson)
    /// and 2 (gamma).</summary>
    public static Loss Tweedie(double power) => new(LossKind.Tweedie, power);
}

public enum LossKind
{
    Logistic,
    Squared,
    Absolute,
    Quantile,
    Poisson,
    Tweedie,
}
