namespace Trainyard.Pipelines;

/// <summary>The losses without their parameters.</summary>
public enum LossKind
{
    Logistic,
    Softmax,
    Squared,
    Absolute,
    Quantile,
    Poisson,
    Tweedie,
}
