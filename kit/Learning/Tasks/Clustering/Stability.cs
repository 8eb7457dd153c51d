using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>Whether there are clusters to be found at all, or each fit finds others: two models that have each learned
/// one half of the rows put those of validation into clusters (Lange et al. 2004).</summary>
internal static class Stability
{
    public const string Name = "stability";

    /// <summary>How alike the two are, as <see cref="RandIndex"/>; null where the halves have too few rows.</summary>
    public static double? Of(ITraining training, Lesson lesson, int clusters, int seed, CancellationToken cancel)
    {
        int[] rows = [.. lesson.Learned];
        new Random(seed).Shuffle(rows);
        var half = lesson with { Size = clusters, Validation = null };
        try
        {
            return RandIndex.Of(Put(rows[..(rows.Length / 2)]), Put(rows[(rows.Length / 2)..]));
        }
        catch (Fault few) when (few.Code == ExitCode.BadData)
        {
            return null;
        }

        int[] Put(int[] learned)
        {
            var scorer = training.Fit(half with { Learned = learned }, cancel).Scorer;
            var scores = new double[lesson.Validation!.Length * scorer.Width];
            scorer.Score(lesson.Rows, lesson.Validation, scores);
            return NearestCentre.Of(new Scores(scores, scorer.Width));
        }
    }
}
