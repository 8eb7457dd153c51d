using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Models.Packaging;

/// <summary>The profile of the rows that a fit learns, by column, with which a score run's inputs are
/// compared.</summary>
public static class Profiles
{
    private const int MostDistinct = 10_000;
    private const int MostTop = 50;

    /// <param name="types">The columns of the dataset.</param>
    /// <param name="threads">How many may be at work at once.</param>
    public static IReadOnlyList<ColumnProfile> Of(
        Frame frame,
        int[] rows,
        IReadOnlyList<Column> types,
        int threads,
        CancellationToken cancel
    ) =>
        Concurrently.Select(
            frame.Columns,
            threads,
            column =>
            {
                var type = types.First(other => other.Name == column.Name).Type;
                return column switch
                {
                    CategoryColumn category => OfCategory(category, rows, type),
                    TextColumn text => OfText(text, rows, type),
                    _ => OfNumber((NumberColumn)column, rows, type),
                };
            },
            cancel
        );

    private static ColumnProfile OfCategory(CategoryColumn column, int[] rows, ColumnType type)
    {
        var counts = new long[column.Levels.Count + 1];
        foreach (var row in rows)
        {
            counts[column.Codes[row]]++;
        }

        var seen = Enumerable.Range(1, column.Levels.Count).Where(code => counts[code] > 0).ToList();
        return new ColumnProfile
        {
            Name = column.Name,
            Type = type,
            Count = rows.Length,
            Nulls = counts[0],
            Distinct = Math.Min(seen.Count, MostDistinct),
            DistinctIsExact = seen.Count <= MostDistinct,
            Top =
            [
                .. seen.OrderByDescending(code => counts[code])
                    .ThenBy(code => column.Levels[code - 1], StringComparer.Ordinal)
                    .Take(MostTop)
                    .Select(code => new ValueCount(column.Levels[code - 1], counts[code])),
            ],
        };
    }

    /// <summary>By their lengths: nothing of what they say.</summary>
    private static ColumnProfile OfText(TextColumn column, int[] rows, ColumnType type)
    {
        var distinct = rows.Select(row => column.Codes[row]).Where(code => code > 0).Distinct().Count();
        return OfNumber(column.ToLengths(), rows, type) with
        {
            // The same text in two parts is counted twice.
            Distinct = Math.Min(distinct, MostDistinct),
            DistinctIsExact = false,
        };
    }

    private static ColumnProfile OfNumber(NumberColumn column, int[] rows, ColumnType type)
    {
        var values = rows.Where(row => !column.IsNull(row)).Select(row => column[row]).ToArray();
        Array.Sort(values);
        var distinct = values.Where((value, i) => i == 0 || value != values[i - 1]).Take(MostDistinct + 1).Count();
        return new ColumnProfile
        {
            Name = column.Name,
            Type = type,
            Count = rows.Length,
            Nulls = rows.Length - values.Length,
            Distinct = Math.Min(distinct, MostDistinct),
            DistinctIsExact = distinct <= MostDistinct,
            Quantiles =
                values.Length == 0
                    ? null
                    :
                    [
                        .. ColumnProfile.QuantileAt.Select(share =>
                            values[(int)Math.Round(share * (values.Length - 1))]
                        ),
                    ],
            Mean = values.Length == 0 ? null : Sum.Mean(values),
        };
    }
}
