namespace Trainyard.Pipelines;

/// <summary>What a trainer makes small, or watches on validation to know when to stop.</summary>
public sealed record Loss
{
    private Loss(LossKind kind, double parameter = 0) => (Kind, Parameter) = (kind, parameter);

    /// <summary>Of rows without labels: what that is knows the trainer.</summary>
    public static Loss Own { get; } = new(LossKind.Own);

    /// <summary>Of the probability of a label that is 0 or 1.</summary>
    public static Loss Logistic { get; } = new(LossKind.Logistic);

    /// <summary>Of the probabilities of classes, whose labels are their codes from 0 on: a score each.</summary>
    public static Loss Softmax { get; } = new(LossKind.Softmax);

    /// <summary>The squared error: its least is the mean.</summary>
    public static Loss Squared { get; } = new(LossKind.Squared);

    /// <summary>The size of the error: its least is the median.</summary>
    public static Loss Absolute { get; } = new(LossKind.Absolute);

    /// <summary>Of counts, whose variance is their mean; labels are not negative.</summary>
    public static Loss Poisson { get; } = new(LossKind.Poisson);

    public LossKind Kind { get; }

    /// <summary>The level of a quantile, the power of Tweedie; 0 of the others.</summary>
    public double Parameter { get; }

    /// <summary>Its mean, as people call it.</summary>
    public string Title =>
        Kind switch
        {
            LossKind.Own => "what it learns",
            LossKind.Logistic or LossKind.Softmax => "log loss",
            LossKind.Squared => "RMSE",
            LossKind.Absolute => "MAE",
            LossKind.Quantile => "pinball loss",
            LossKind.Poisson => "Poisson loss",
            LossKind.Tweedie => "Tweedie loss",
            _ => throw new InvalidOperationException($"The loss {Kind} has no title."),
        };

    /// <summary>What is learned where it is small, for people.</summary>
    public string Words =>
        Kind switch
        {
            LossKind.Own => "without labels",
            LossKind.Logistic => "a probability",
            LossKind.Softmax => "the probabilities of classes",
            LossKind.Absolute => "the median",
            LossKind.Quantile => "a quantile",
            _ => "the mean",
        };

    /// <summary>Whether scores are learned as logarithms of means, so that answers are above 0.</summary>
    public bool IsOfLogarithm => Kind is LossKind.Poisson or LossKind.Tweedie;

    /// <summary>Whether what is learned adds up to what labels do: medians and quantiles do not, and without labels
    /// nothing does.</summary>
    public bool IsOfMean => Kind is not (LossKind.Own or LossKind.Absolute or LossKind.Quantile);

    /// <summary>The size of the error, weighed by its side: its least is the number below which this share of labels
    /// lies.</summary>
    public static Loss Quantile(double level) => new(LossKind.Quantile, level);

    /// <summary>Of amounts that are often 0 and else positive, whose variance is a power of their mean.</summary>
    /// <param name="power">Between 1 (Poisson) and 2 (gamma).</param>
    public static Loss Tweedie(double power) => new(LossKind.Tweedie, power);
}
