namespace Trainyard.Pipelines;

/// <summary>What a trainer makes small, or watches on validation to know when to stop.</summary>
public enum Loss
{
    /// <summary>Of the probability of a label that is 0 or 1.</summary>
    Logistic,

    /// <summary>Of the probabilities of classes, which labels name by their codes from 0 on: scores are those
    /// probabilities, one a class.</summary>
    Softmax,

    /// <summary>The squared error: its least is the mean.</summary>
    Squared,

    /// <summary>The size of the error: its least is the median.</summary>
    Absolute,
}
