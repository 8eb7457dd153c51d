using Trainyard.Learning.Exporting;

namespace Trainyard.Trainers.Linear;

/// <summary>The log loss of a label that is 0 or 1.</summary>
internal sealed class LogisticLoss : RowLoss
{
    public override double Value(ReadOnlySpan<double> scores, double label)
    {
        var wrong = label > 0 ? -scores[0] : scores[0];
        return wrong > 0 ? wrong + double.LogP1(Math.Exp(-wrong)) : double.LogP1(Math.Exp(wrong));
    }

    public override void Slope(ReadOnlySpan<double> scores, double label, Span<double> slopes, Span<double> bends)
    {
        var probability = ProbabilityOf(scores[0]);
        (slopes[0], bends[0]) = (label > 0 ? -ProbabilityOf(-scores[0]) : probability, probability * (1 - probability));
    }

    public override double ScoreOf(double mean) => Math.Log(mean / (1 - mean));

    public override void Answer(Span<double> scores) => scores[0] = ProbabilityOf(scores[0]);

    public override GraphValue Write(GraphValue scores) => scores.Logistic();

    private static double ProbabilityOf(double score) => 1 / (1 + Math.Exp(-score));
}
