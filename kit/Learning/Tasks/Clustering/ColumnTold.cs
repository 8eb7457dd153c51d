using Trainyard.Learning.Data;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>What a column is on average, among all rows and in each cluster: the mean of a number, the share of a
/// level.</summary>
/// <param name="All">Among all rows; null where none has a number.</param>
/// <param name="Deviation">Theirs.</param>
/// <param name="Means">By cluster.</param>
internal sealed record ColumnTold(
    string Name,
    bool IsShare,
    double? All,
    double Deviation,
    IReadOnlyList<double?> Means
)
{
    /// <summary>How many deviations a cluster's mean lies from that of all rows; 0 where there is none.</summary>
    public double EffectOf(int cluster) =>
        Means[cluster] is { } mean && All is { } all && Deviation > 0 ? (mean - all) / Deviation : 0;

    /// <summary>visits 8.1 (all: 4.5)</summary>
    public string TextOf(int cluster) => $"{Name} {Text(Means[cluster])} (all: {Text(All)})";

    public static ColumnTold OfNumber(NumberColumn column, int[] rows, int[][] members)
    {
        var all = MeanOf(column, rows);
        var squares = rows.Where(row => double.IsFinite(column[row]))
            .Select(row => (column[row] - all!.Value) * (column[row] - all.Value))
            .ToArray();
        return new(
            column.Name,
            IsShare: false,
            all,
            squares.Length == 0 ? 0 : Math.Sqrt(Sum.Mean(squares)),
            [.. members.Select(some => MeanOf(column, some))]
        );
    }

    /// <summary>The most frequent levels of a category.</summary>
    public static IEnumerable<ColumnTold> OfLevels(CategoryColumn column, int[] rows, int[][] members, int most) =>
        rows.CountBy(row => column.Codes[row])
            .Where(level => level.Key > 0)
            .OrderByDescending(level => level.Value)
            .ThenBy(level => column.Levels[level.Key - 1], StringComparer.Ordinal)
            .Take(most)
            .Select(level =>
            {
                var share = (double)level.Value / rows.Length;
                return new ColumnTold(
                    $"{column.Name} '{column.Levels[level.Key - 1]}'",
                    IsShare: true,
                    share,
                    Math.Sqrt(share * (1 - share)),
                    [
                        .. members.Select(some =>
                            some.Length == 0
                                ? (double?)null
                                : (double)some.Count(row => column.Codes[row] == level.Key) / some.Length
                        ),
                    ]
                );
            });

    private static double? MeanOf(NumberColumn column, int[] rows)
    {
        double[] known = [.. rows.Select(row => column[row]).Where(double.IsFinite)];
        return known.Length == 0 ? null : Sum.Mean(known);
    }

    private string Text(double? value) =>
        IsShare ? Formats.Share(value)
        : value is { } mean ? Formats.Value(mean)
        : Formats.None;
}
