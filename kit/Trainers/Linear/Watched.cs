using Trainyard.Learning.Data;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Linear;

/// <summary>What is watched on validation: the mean of a loss that may be another than the one learned.</summary>
internal sealed class Watched(Lesson lesson, int[] rows)
{
    private const double LeastProbability = 1e-15;

    private readonly Loss _loss = lesson.Objective.Watches;

    public string Title => _loss.Title;

    public double Of(IScorer scorer)
    {
        var (width, scores) = (scorer.Width, new double[rows.Length * scorer.Width]);
        scorer.Score(lesson.Rows, rows, scores);
        var (sum, all) = (new Sum(), new Sum());
        for (var i = 0; i < rows.Length; i++)
        {
            var weight = lesson.Targets.WeightOf(rows[i]);
            sum.Add(
                weight
                    * Of(scores.AsSpan(i * width, width), lesson.Targets.Labels[rows[i]] - (lesson.Targets.Middle ?? 0))
            );
            all.Add(weight);
        }

        var mean = sum.Value / all.Value;
        return _loss.Kind == LossKind.Squared ? Math.Sqrt(mean) : mean;
    }

    private double Of(ReadOnlySpan<double> answer, double label)
    {
        var error = label - answer[0];
        return _loss.Kind switch
        {
            LossKind.Logistic => -Log(label > 0 ? answer[0] : 1 - answer[0]),
            LossKind.Softmax => -Log(answer[(int)label]),
            LossKind.Squared => error * error,
            LossKind.Absolute => Math.Abs(error),
            LossKind.Quantile => error * (error > 0 ? _loss.Parameter : _loss.Parameter - 1),
            LossKind.Poisson => new PowerLoss(1).Value([Math.Log(answer[0])], label),
            LossKind.Tweedie => new PowerLoss(_loss.Parameter).Value([Math.Log(answer[0])], label),
            _ => throw new ArgumentOutOfRangeException(nameof(answer), _loss, "A loss that is not known."),
        };
    }

    private static double Log(double probability) => Math.Log(Math.Max(probability, LeastProbability));
}
