using System.Globalization;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.IsolationForest;

/// <summary>Grows as many trees as the options say, each from a seed of its own, so any number of threads gives the
/// same ones.</summary>
internal sealed class IsolationForestTraining(IsolationForestOptions options) : ITraining
{
    private const int TreesBetweenNews = 50;

    public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
    {
        int[] rows = [.. lesson.Learned.Order()];
        if (rows.Length < 2)
        {
            throw Fault.BadData(
                $"There is {rows.Length} row to learn from, and what is unlike others needs some. Give it more rows. "
                    + "Nothing was changed."
            );
        }

        bool[] areNumbers = [.. lesson.Encoder.Columns.Select(column => column.IsNumber)];
        var (trees, grown) = (new GrownTree[options.Trees], 0);
        Parallel.For(
            0,
            trees.Length,
            new ParallelOptions { MaxDegreeOfParallelism = lesson.Threads, CancellationToken = cancel },
            tree =>
            {
                var random = new Random(unchecked((options.Seed * 1_000_003) + tree));
                trees[tree] = new Growing(lesson.Rows, areNumbers, random).Grow(
                    Draw(rows, Math.Min(options.Rows, rows.Length), random)
                );
                if (Interlocked.Increment(ref grown) is var count && count % TreesBetweenNews == 0)
                {
                    progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{count} of {trees.Length} trees"));
                }
            }
        );
        if (Array.TrueForAll(trees, tree => tree.Features.Count == 0))
        {
            throw Fault.BadData(
                $"Nothing can be learned from the {rows.Length} rows: all that the model reads of them is the same. "
                    + "Mend the rows. Nothing was changed."
            );
        }

        return new Fitted(
            trees.Length,
            new IsolationForestScorer(
                new IsolationForestModel
                {
                    Format = IsolationForestModel.Newest,
                    Columns = [.. lesson.Encoder.Columns.Select(column => column.Name)],
                    Trees = trees,
                }
            )
        );
    }

    public void Dispose() { }

    /// <summary>So many of the rows, each once.</summary>
    private static int[] Draw(int[] rows, int count, Random random)
    {
        var drawn = new HashSet<int>(count);

        // Floyd's way: each set of places is as likely as any.
        for (var place = rows.Length - count; place < rows.Length; place++)
        {
            var other = random.Next(place + 1);
            drawn.Add(drawn.Contains(other) ? place : other);
        }

        return [.. drawn.Order().Select(place => rows[place])];
    }
}
