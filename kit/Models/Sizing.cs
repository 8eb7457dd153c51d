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
    /// <returns>The size of each part, the median of its fits; and the fits.</returns>
    public static (int[] Sizes, IReadOnlyList<FoldFit> Tried) Of(
        ITraining training,
        IReadOnlyList<Lesson> lessons,
        IReadOnlyList<Fold> tries,
        Action<string> say,
        CancellationToken cancel,
        IProgress<string>? progress
    )
    {
        int[][] sizes = [.. lessons.Select(_ => new int[tries.Count])];
        var tried = new List<FoldFit>();
        foreach (var (number, fold) in tries.Index())
        {
            say(
                tries.Count == 1
                    ? "Fitting on fit, to be held against validation"
                    : $"Fitting without fold {number + 1} of {tries.Count}, to be held against it"
            );
            Fitted[] fits = [.. lessons.Select(lesson => training.Fit(TriedOn(lesson, fold), cancel, progress))];
            foreach (var (part, fitted) in fits.Index())
            {
                sizes[part][number] = fitted.Size;
            }

            tried.Add(new FoldFit(fold, [.. fits.Select(fitted => fitted.Scorer)]));
        }

        return (Array.ConvertAll(sizes, Median), tried);
    }

    /// <summary>What the first part answered.</summary>
    public static Validated Validated(Lesson lesson, IReadOnlyList<FoldFit> tried) =>
        new(
            TriedOn(lesson, tried[0].Fold),
            [.. tried.SelectMany(each => each.Fold.Answered)],
            () => Answer(lesson, tried)
        );

    private static Lesson TriedOn(Lesson lesson, Fold fold) =>
        lesson with
        {
            Learned = fold.Learned,
            Validation = fold.Answered,
        };

    /// <summary>The lower one of two in the middle.</summary>
    private static int Median(int[] sizes) => sizes.Order().ElementAt((sizes.Length - 1) / 2);

    private static Scores Answer(Lesson lesson, IReadOnlyList<FoldFit> tried)
    {
        var width = tried[0].Scorers[0].Width;
        var scores = new double[tried.Sum(each => each.Fold.Answered.Length) * width];
        var done = 0;
        foreach (var (fold, scorers) in tried)
        {
            scorers[0].Score(lesson.Rows, fold.Answered, scores.AsSpan(done, fold.Answered.Length * width));
            done += fold.Answered.Length * width;
        }

        return new Scores(scores, width);
    }
}
