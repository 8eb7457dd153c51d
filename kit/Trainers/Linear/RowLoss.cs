using Trainyard.Learning.Exporting;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Linear;

/// <summary>A loss of one row, as a function of its scores, that bends upward everywhere.</summary>
internal abstract class RowLoss
{
    public static RowLoss Of(Loss loss) =>
        loss.Kind switch
        {
            LossKind.Logistic => new LogisticLoss(),
            LossKind.Softmax => new SoftmaxLoss(),
            LossKind.Squared => new SquaredLoss(),
            LossKind.Poisson => new PowerLoss(1),
            LossKind.Tweedie => new PowerLoss(loss.Parameter),
            _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "A loss that is not learned."),
        };

    public abstract double Value(ReadOnlySpan<double> scores, double label);

    /// <summary>Its slopes, and what <see cref="Bend"/> needs to know of the same scores.</summary>
    public abstract void Slope(ReadOnlySpan<double> scores, double label, Span<double> slopes, Span<double> bends);

    /// <summary>What the slopes change by when scores do, in place.</summary>
    public virtual void Bend(ReadOnlySpan<double> bends, Span<double> change) => change[0] *= bends[0];

    /// <summary>How much each slope changes with its own score.</summary>
    public virtual void OwnBend(ReadOnlySpan<double> bends, Span<double> own) => own[0] = bends[0];

    /// <summary>The score that fits a mean label best; of classes, by the share of each.</summary>
    public abstract double ScoreOf(double mean);

    /// <summary>Turns the scores of a row into its answer.</summary>
    public virtual void Answer(Span<double> scores) { }

    /// <summary>The same in a graph.</summary>
    public virtual GraphValue Write(GraphValue scores) => scores;
}
