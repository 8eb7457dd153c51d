using System.Globalization;

namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>What clusters are called: numbers that stay theirs from one model to the next, as long as most of their
/// rows do.</summary>
internal static class ClusterNumbers
{
    /// <summary>Of the rows that are in a cluster, its predecessor or both, those that are in both: with fewer it is a
    /// new one.</summary>
    private const double LeastOverlap = 0.5;

    /// <summary>1, 2, 3…</summary>
    public static IReadOnlyList<string> Plain(int count) => [.. Enumerable.Range(1, count).Select(Text)];

    public static int[] Parse(IEnumerable<string> names) =>
        [.. names.Select(name => int.Parse(name, CultureInfo.InvariantCulture))];

    /// <summary>The numbers of a model's clusters, by their places.</summary>
    /// <param name="clusters">Of some rows.</param>
    /// <param name="before">Those that the serving model has the same rows in, and its numbers.</param>
    /// <param name="taken">All numbers that were ever given: none of them is given to a new cluster.</param>
    public static IReadOnlyList<string> Of(
        int[] clusters,
        int width,
        (int[] Clusters, int[] Numbers)? before,
        IReadOnlyCollection<int> taken
    )
    {
        var sizes = new int[width];
        foreach (var cluster in clusters)
        {
            sizes[cluster]++;
        }

        var numbers = new int?[width];
        if (before is { } other)
        {
            foreach (var (cluster, place) in Matches(clusters, sizes, other.Clusters, other.Numbers.Length))
            {
                numbers[cluster] = other.Numbers[place];
            }
        }

        // The greatest gets the first of the numbers that nobody ever had.
        var next = taken.Concat(before?.Numbers ?? []).DefaultIfEmpty().Max();
        foreach (
            var cluster in Enumerable
                .Range(0, width)
                .Where(cluster => numbers[cluster] is null)
                .OrderByDescending(cluster => sizes[cluster])
        )
        {
            numbers[cluster] = ++next;
        }

        return [.. numbers.Select(number => Text(number!.Value))];
    }

    /// <summary>Pairs with the greatest overlap first; of two that share a predecessor by halves, the first.</summary>
    private static IEnumerable<(int Cluster, int Place)> Matches(int[] clusters, int[] sizes, int[] others, int count)
    {
        var theirs = new int[count];
        foreach (var place in others)
        {
            theirs[place]++;
        }

        var (matched, followed) = (new HashSet<int>(), new HashSet<int>());
        return clusters
            .Zip(others)
            .CountBy(row => row)
            .Select(both =>
            {
                var ((cluster, place), rows) = (both.Key, both.Value);
                return (cluster, place, Overlap: (double)rows / (sizes[cluster] + theirs[place] - rows));
            })
            .Where(pair => pair.Overlap >= LeastOverlap)
            .OrderByDescending(pair => pair.Overlap)
            .ThenBy(pair => pair.cluster)
            .ThenBy(pair => pair.place)
            .Where(pair => !matched.Contains(pair.cluster) && !followed.Contains(pair.place))
            .Select(pair =>
            {
                matched.Add(pair.cluster);
                followed.Add(pair.place);
                return (pair.cluster, pair.place);
            });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
