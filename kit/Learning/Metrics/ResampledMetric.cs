namespace Trainyard.Learning.Metrics;

/// <summary>A metric of one set of answers, prepared so that it can be taken again and again over resampled blocks of
/// rows.</summary>
public abstract class ResampledMetric
{
    /// <summary>The metric when each block counts as often as its weight says; NaN where it cannot be
    /// computed.</summary>
    public abstract double Of(int[] weights);
}
