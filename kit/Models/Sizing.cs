using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;

namespace Trainyard.Models;

/// <summary>Finds out how large a model is to be: on rows that each fit has not learned, which also say how to read
/// its answers.</summary>
internal static class Sizing
{
    /// <param name="lessons">A lesson a part.</param>
    /// <param name="tries">Each is fitted once a part; one at least.</param>
    /// <returns>The size of each part, the median of its fits; and what the first part answered.</returns>
    public static (int[] Sizes, Validated Validated) Of(
        ITraining training,
        IReadOnlyList<Lesson> lessons,
        IReadOnlyList<Fold> tries,
        Action<string> say,
        CancellationToken cancel,
        IProgress<string>? progress
    )
    {
        int[][] sizes = [.. lessons.Select(_ => new int[tries.Count])];
        var scorers = new IScorer[tries.Count];
        foreach (var (number, fold) in tries.Index())
        {
            say(
                tries.Count == 1
                    ? "Fitting on fit, with validation deciding when to stop"
                    : $"Fitting without fold {number + 1} of {tries.Count}, which decides when to stop"
            );
            foreach (var (part, lesson) in lessons.Index())
            {
                var fitted = training.Fit(TriedOn(lesson, fold), cancel, progress);
                sizes[part][number] = fitted.Size;
                if (part == 0)
                {
                    scorers[number] = fitted.Scorer;
                }
            }
        }

        return (
            Array.ConvertAll(sizes, Median),
            new Validated(
                TriedOn(lessons[0], tries[0]),
                [.. tries.SelectMany(fold => fold.Answered)],
                () => Answer(lessons[0], tries, scorers)
            )
        );
    }

    private static Lesson TriedOn(Lesson lesson, Fold fold) =>
        lesson with
        {
            Learned = fold.Learned,
            Validation = fold.Answered,
        };

    /// <summary>The lower one of two in the middle.</summary>
    private static int Median(int[] sizes) => sizes.Order().ElementAt((sizes.Length - 1) / 2);

    private static Scores Answer(Lesson lesson, IReadOnlyList<Fold> tries, IScorer[] scorers)
    {
        var width = scorers[0].Width;
        var scores = new double[tries.Sum(fold => fold.Answered.Length) * width];
        var done = 0;
        foreach (var (fold, scorer) in tries.Zip(scorers))
        {
            scorer.Score(lesson.Rows, fold.Answered, scores.AsSpan(done, fold.Answered.Length * width));
            done += fold.Answered.Length * width;
        }

        return new Scores(scores, width);
    }
}
