namespace Trainyard.Trainers.Linear;

/// <summary>Half of the squared error.</summary>
internal sealed class SquaredLoss : RowLoss
{
    public override double Value(ReadOnlySpan<double> scores, double label) =>
        (scores[0] - label) * (scores[0] - label) / 2;

    public override void Slope(ReadOnlySpan<double> scores, double label, Span<double> slopes, Span<double> bends) =>
        (slopes[0], bends[0]) = (scores[0] - label, 1);

    public override double ScoreOf(double mean) => mean;
}
