using System.Globalization;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.KMeans;

/// <summary>Fits from several starts and takes the best. The size of a model is how many clusters it has: where that is
/// to be picked, it is the one that is best on validation by the metric that decides.</summary>
internal sealed class KMeansTraining(KMeansOptions options) : ITraining
{
    /// <summary>Starts, and how many clusters there are, are tried on so many rows; the best start goes on over
    /// all.</summary>
    private const int MostRowsToStart = 20_000;

    /// <summary>With fewer rows in the same cluster, clusters are not the ones they were.</summary>
    private const double LeastSame = 0.9;

    public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
    {
        var space = new Design(lesson.Encoder);
        var cloud = new Cloud(space, lesson.Rows, [.. lesson.Learned.Order()], lesson.Threads, cancel);
        var asked = lesson.Size is { } size ? new FromTo(size, size) : options.Clusters;
        var different = cloud.CountDifferent(asked.To);
        if (different < asked.From)
        {
            throw Fault.BadData(
                $"Of the {cloud.Count} rows to learn from no more than {different} differ from each other, and "
                    + $"model.options.clusters asks for {asked.From} clusters. Mend the rows, or ask for fewer. "
                    + "Nothing was changed."
            );
        }

        return lesson is { Size: { } given, Before: { } before } ? GoOn(lesson, cloud, given, before, progress)
            : lesson is { Validation: { } validation, Judge: { } judge } && asked.From < asked.To
                ? Pick(lesson, cloud, asked with { To = Math.Min(asked.To, different) }, (validation, judge), progress)
            : ScorerOf(lesson, cloud, asked.From, Best(cloud, asked.From, progress));
    }

    public void Dispose() { }

    /// <summary>From the clusters that the measured model has the rows in, so that each is the one it was; from a start
    /// of its own, where that is better and differs in few rows.</summary>
    private Fitted GoOn(Lesson lesson, Cloud cloud, int width, Func<int[], Scores> before, IProgress<string>? progress)
    {
        var scores = before([.. lesson.Learned.Order()]);
        var groups = new int[scores.Rows];
        for (var row = 0; row < groups.Length; row++)
        {
            var distances = scores.Row(row);
            groups[row] = distances.IndexOf(Least(distances));
        }

        var same = Lloyd.From(cloud.Gather(width, groups).Means(), width, cloud, options.MaxSteps);
        var better = Best(cloud, width, progress).Aligned(same, cloud);
        return ScorerOf(
            lesson,
            cloud,
            width,
            better.Gathered.Inertia < same.Gathered.Inertia && better.ShareIn(same) >= LeastSame ? better : same
        );
    }

    private static double Least(ReadOnlySpan<double> values)
    {
        var least = values[0];
        foreach (var value in values)
        {
            least = Math.Min(least, value);
        }

        return least;
    }

    private Fitted Pick(
        Lesson lesson,
        Cloud cloud,
        FromTo asked,
        (int[] Rows, Judge Judge) validation,
        IProgress<string>? progress
    )
    {
        var (rows, judge) = validation;
        var (value, some) = (judge.Of(lesson.Rows, rows), cloud.Some(MostRowsToStart));
        var (best, greatest) = ((Fitted?)null, double.NaN);
        for (var width = asked.From; width <= asked.To; width++)
        {
            var fitted = ScorerOf(lesson, some, width, Best(some, width, progress: null));
            var distances = new double[rows.Length * width];
            fitted.Scorer.Score(lesson.Rows, rows, distances);
            var reached = value(new Scores(distances, width));
            progress?.Report(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{width} of {asked} clusters, {judge.Metric.Title} {reached:0.000} on validation"
                )
            );
            if (best is null || judge.IsBetter(reached, greatest))
            {
                (best, greatest) = (fitted, reached);
            }
        }

        return best!;
    }

    private Partition Best(Cloud cloud, int width, IProgress<string>? progress)
    {
        var (some, random) = (cloud.Some(MostRowsToStart), new Random(options.Seed));
        Partition? best = null;
        for (var start = 1; start <= options.Starts; start++)
        {
            var found = Lloyd.From(PlusPlus.Start(some, width, random), width, some, options.MaxSteps);
            best = best is not null && best.Gathered.Inertia <= found.Gathered.Inertia ? best : found;
            progress?.Report(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{start} of {options.Starts} starts, inertia {best.Gathered.Inertia:G6}"
                )
            );
        }

        return some == cloud ? best! : Lloyd.From(best!.Centres, width, cloud, options.MaxSteps);
    }

    private static Fitted ScorerOf(Lesson lesson, Cloud cloud, int width, Partition found) =>
        new(
            width,
            new KMeansScorer(
                KMeansModel.Of(lesson.Encoder, cloud, width, found.Centres, found.Gathered),
                lesson.Encoder
            )
        );
}
