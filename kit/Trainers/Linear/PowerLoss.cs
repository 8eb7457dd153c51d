using Trainyard.Learning.Exporting;

namespace Trainyard.Trainers.Linear;

/// <summary>Of labels whose variance is a power of their mean, the logarithm of which is the score: 1 is Poisson's
/// counts.</summary>
internal sealed class PowerLoss(double power) : RowLoss
{
    public override double Value(ReadOnlySpan<double> scores, double label) =>
        (Math.Exp((2 - power) * scores[0]) / (2 - power))
        - (label * (power == 1 ? scores[0] : Math.Exp((1 - power) * scores[0]) / (1 - power)));

    public override void Slope(ReadOnlySpan<double> scores, double label, Span<double> slopes, Span<double> bends)
    {
        var (expected, met) = (Math.Exp((2 - power) * scores[0]), label * Math.Exp((1 - power) * scores[0]));
        (slopes[0], bends[0]) = (expected - met, ((2 - power) * expected) + ((power - 1) * met));
    }

    public override double ScoreOf(double mean) => Math.Log(mean);

    public override void Answer(Span<double> scores) => scores[0] = Math.Exp(scores[0]);

    public override GraphValue Write(GraphValue scores) => scores.Exp();
}
