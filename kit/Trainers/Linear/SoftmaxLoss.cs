using Trainyard.Learning.Exporting;

namespace Trainyard.Trainers.Linear;

/// <summary>The log loss of classes, by their codes.</summary>
internal sealed class SoftmaxLoss : RowLoss
{
    public override double Value(ReadOnlySpan<double> scores, double label)
    {
        var (most, sum) = (Most(scores), 0.0);
        foreach (var score in scores)
        {
            sum += Math.Exp(score - most);
        }

        return Math.Log(sum) + most - scores[(int)label];
    }

    public override void Slope(ReadOnlySpan<double> scores, double label, Span<double> slopes, Span<double> bends)
    {
        scores.CopyTo(bends);
        Answer(bends);
        bends.CopyTo(slopes);
        slopes[(int)label] -= 1;
    }

    public override void Bend(ReadOnlySpan<double> bends, Span<double> change)
    {
        var mean = 0.0;
        for (var k = 0; k < change.Length; k++)
        {
            mean += bends[k] * change[k];
        }

        for (var k = 0; k < change.Length; k++)
        {
            change[k] = bends[k] * (change[k] - mean);
        }
    }

    public override void OwnBend(ReadOnlySpan<double> bends, Span<double> own)
    {
        for (var k = 0; k < own.Length; k++)
        {
            own[k] = bends[k] * (1 - bends[k]);
        }
    }

    public override double ScoreOf(double mean) => Math.Log(mean);

    public override void Answer(Span<double> scores)
    {
        var (most, sum) = (Most(scores), 0.0);
        foreach (ref var score in scores)
        {
            score = Math.Exp(score - most);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }

    public override GraphValue Write(GraphValue scores) => scores.Softmax();

    private static double Most(ReadOnlySpan<double> scores)
    {
        var most = scores[0];
        foreach (var score in scores)
        {
            most = Math.Max(most, score);
        }

        return most;
    }
}
