using Trainyard.Learning.Data;
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
        bool inFolds,
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
                inFolds
                    ? $"Fitting without fold {number + 1} of {tries.Count}, to be held against it"
                    : "Fitting on fit, to be held against validation"
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
    public static Validated Validated(
        Lesson lesson,
        Frame frame,
        IReadOnlyList<FoldFit> tried,
        CancellationToken cancel
    ) =>
        new(
            TriedOn(lesson, tried[0].Fold),
            [.. tried.SelectMany(each => each.Fold.Answered)],
            () => Answer(lesson, frame, tried, cancel)
        );

    private static Lesson TriedOn(Lesson lesson, Fold fold) =>
        lesson with
        {
            Learned = fold.Learned,
            Validation = fold.Answered,
        };

    /// <summary>The lower one of two in the middle.</summary>
    private static int Median(int[] sizes) => sizes.Order().ElementAt((sizes.Length - 1) / 2);

    /// <summary>As the scorers do, without what an encoder adds.</summary>
    private static Scores Answer(Lesson lesson, Frame frame, IReadOnlyList<FoldFit> tried, CancellationToken cancel)
    {
        var encoder = lesson.Encoder with { LabelMiddle = null };
        Scores[] answered =
        [
            .. tried.Select(each =>
            {
                var model = new ScoringModel(encoder, each.Scorers[0], null, default);
                return Demanded.Of(
                    model.Predict(lesson.Rows, each.Fold.Answered, lesson.Threads, cancel),
                    frame,
                    each.Fold.Answered,
                    "validation",
                    row => model.WhyNone(frame, row)
                );
            }),
        ];
        return new Scores([.. answered.SelectMany(each => each.Values)], answered[0].Width);
    }
}
