using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Registry;

namespace Trainyard.Learning.Explaining;

/// <summary>How the mean answer runs along a column that the model reads, where each row has the same in it and all
/// else of its own: partial dependence (Friedman 2001).</summary>
/// <param name="sample">The rows to tell of, in no order.</param>
/// <param name="answer">The answers to rows.</param>
internal sealed class RunsOfAnswers(
    Encoder encoder,
    Frame frame,
    EncodedRows rows,
    int[] sample,
    Func<EncodedRows, double[]> answer
)
{
    private const int MostStops = 24;
    private const int MostNames = 12;
    private const int MostAnswered = 400;

    /// <summary>Null where the rows have all the same, or nothing, in the column, where the model has no answer to rows
    /// so made, and of a text, which has no order.</summary>
    /// <param name="columns">The column, and those that say the same in other words.</param>
    /// <param name="answered">What an answer is.</param>
    public RunExhibit? Of(IReadOnlyList<string> columns, Axis answered)
    {
        var column = columns[0];
        int[] places = [.. columns.Select(name => encoder.Columns.Index().First(each => each.Item.Name == name).Index)];
        var place = places[0];
        var stops = frame.Find(column) switch
        {
            CategoryColumn category => NamesOf(category, rows.Columns[place]),
            NumberColumn number => PlacesOf(number),
            _ => [],
        };
        if (stops.Count < 2)
        {
            return null;
        }

        int[] some = sample[..Math.Min(sample.Length, MostAnswered)];
        float[][] read = [.. rows.Columns.Select(values => Array.ConvertAll(some, row => values[row]))];
        var unanswered = 0;
        RunStop[] told = [.. stops.Select(Told).OfType<RunStop>()];
        if (told.Length < 2)
        {
            return null;
        }

        return new RunExhibit
        {
            Id = $"run-{column}",
            Section = Sections.Inputs,
            Title = $"The answer along {column}",
            Caption =
                $"The mean answer to {Formats.Count(some.Length, "row")} of the holdout, if each had this in {column} "
                + "and all else as it has. The foot shows how many rows are where."
                + (
                    unanswered == 0
                        ? ""
                        : $" To {Formats.Count(unanswered, "row")} that this made the model has no answer, so they "
                            + "are left out."
                ),
            Description = $"How the mean answer runs along {column}, and how many rows are where.",
            X = new Axis(column),
            Y = answered,
            Stops = told,
        };

        RunStop? Told(Stop stop)
        {
            foreach (var changed in places)
            {
                read[changed] = [.. Enumerable.Repeat(rows.Columns[changed][stop.Row], some.Length)];
            }

            double[] answers = [.. answer(rows.With(some.Length, [.. read])).Where(each => !double.IsNaN(each))];
            unanswered += some.Length - answers.Length;
            return answers.Length == 0 ? null : new RunStop(stop.At, stop.Name, Sum.Mean(answers), stop.Rows);
        }
    }

    /// <summary>The levels with a code of their own, the most frequent first.</summary>
    private List<Stop> NamesOf(CategoryColumn column, float[] encoded) =>
        [
            .. sample
                .Where(row => !column.IsNull(row) && encoded[row] > EncodedColumn.Other)
                .GroupBy(row => encoded[row])
                .Select(level => new Stop(
                    null,
                    column.Levels[column.Codes[level.First()] - 1],
                    level.First(),
                    level.LongCount()
                ))
                .OrderByDescending(stop => stop.Rows)
                .ThenBy(stop => stop.Name, StringComparer.Ordinal)
                .Take(MostNames),
        ];

    /// <summary>Values that rows have, evenly spread where there are many; each row is counted with the
    /// nearest.</summary>
    private List<Stop> PlacesOf(NumberColumn column)
    {
        int[] sorted = [.. sample.Where(row => !column.IsNull(row)).OrderBy(row => column[row])];
        if (sorted.Length == 0)
        {
            return [];
        }

        var at = sorted.DistinctBy(row => column[row]).Take(MostStops + 1).ToArray();
        if (at.Length > MostStops)
        {
            at = [.. Spread(column, sorted).DistinctBy(row => column[row])];
        }

        var (counts, nearest) = (new long[at.Length], 0);
        foreach (var row in sorted)
        {
            while (nearest < at.Length - 1 && column[at[nearest + 1]] - column[row] < column[row] - column[at[nearest]])
            {
                nearest++;
            }

            counts[nearest]++;
        }

        return [.. at.Select((row, stop) => new Stop(column[row], null, row, counts[stop]))];
    }

    /// <summary>Rows at even steps, but for the outermost hundredths, which may lie far out.</summary>
    private static IEnumerable<int> Spread(NumberColumn column, int[] sorted)
    {
        var (low, high) = (column[sorted[sorted.Length / 100]], column[sorted[^((sorted.Length / 100) + 1)]]);
        if (low == high)
        {
            (low, high) = (column[sorted[0]], column[sorted[^1]]);
        }

        var place = 0;
        for (var step = 0; step < MostStops; step++)
        {
            var target = low + (step * ((high - low) / (MostStops - 1)));
            while (place < sorted.Length - 1 && column[sorted[place]] < target)
            {
                place++;
            }

            yield return sorted[place];
        }
    }

    /// <param name="Row">One that has it.</param>
    /// <param name="Rows">How many have it, or something near.</param>
    private sealed record Stop(double? At, string? Name, int Row, long Rows);
}
