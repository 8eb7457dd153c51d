using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;

namespace Trainyard.Models;

/// <summary>Answers rows by models of the same recipe and size that have not learned them.</summary>
internal static class OutOfFold
{
    /// <param name="lessons">A lesson a model, with its size.</param>
    /// <param name="folds">One at least.</param>
    /// <returns>The rows answered, and the scores of all models side by side.</returns>
    public static (int[] Rows, Scores Scores) Of(
        ITraining training,
        IReadOnlyList<Lesson> lessons,
        IReadOnlyList<Fold> folds,
        Action<string> say,
        CancellationToken cancel,
        IProgress<string>? progress
    )
    {
        int[] rows = [.. folds.SelectMany(fold => fold.Answered)];
        var (scores, done) = (new double[rows.Length * lessons.Count], 0);
        foreach (var (number, fold) in folds.Index())
        {
            say($"Answering rows that are not learned, fold {number + 1} of {folds.Count}");
            foreach (var (place, lesson) in lessons.Index())
            {
                var fitted = training.Fit(lesson with { Learned = fold.Learned }, cancel, progress);
                var answers = new ScoringModel(lesson.Encoder, fitted.Scorer, null, default)
                    .Predict(lesson.Rows, fold.Answered, lesson.Threads, cancel)
                    .Values;
                for (var row = 0; row < answers.Length; row++)
                {
                    scores[((done + row) * lessons.Count) + place] = answers[row];
                }
            }

            done += fold.Answered.Length;
        }

        return (rows, new Scores(scores, lessons.Count));
    }
}
