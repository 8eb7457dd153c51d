using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;

namespace Trainyard.Models;

/// <summary>Answers rows by models of the same recipe and size that have not learned them.</summary>
internal sealed class OutOfFold(
    ITraining training,
    Lessons lessons,
    IReadOnlyList<ModelPart> parts,
    int[] sizes,
    Action<string> say
)
{
    /// <returns>The rows answered, and the scores of all parts side by side.</returns>
    public (int[] Rows, Scores Scores) Of(IReadOnlyList<Fold> folds, CancellationToken cancel)
    {
        int[] rows = [.. folds.SelectMany(fold => fold.Answered)];
        var (scores, done) = (new double[rows.Length * parts.Count], 0);
        foreach (var (number, fold) in folds.Index())
        {
            say($"Answering rows that are not learned, fold {number + 1} of {folds.Count}");
            var lesson = lessons.Of(fold.Learned);
            for (var place = 0; place < parts.Count; place++)
            {
                var fitted = training.Fit(Lessons.Of(lesson, parts[place]) with { Size = sizes[place] }, cancel);
                var answers = new ScoringModel(lesson.Encoder, fitted.Scorer, default)
                    .Predict(lesson.Rows, fold.Answered, lessons.Threads, cancel)
                    .Values;
                for (var row = 0; row < answers.Length; row++)
                {
                    scores[((done + row) * parts.Count) + place] = answers[row];
                }
            }

            done += fold.Answered.Length;
        }

        return (rows, new Scores(scores, parts.Count));
    }
}
