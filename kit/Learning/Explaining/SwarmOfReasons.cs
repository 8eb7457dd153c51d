using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Explaining;

/// <summary>How far the columns of the query move the answers of some rows, a point a row.</summary>
internal static class SwarmOfReasons
{
    private const int MostLines = 10;

    /// <summary>More points than can be told apart only make a card longer.</summary>
    public const int MostRows = 250;

    /// <summary>Null where no column moves any of them.</summary>
    /// <param name="sample">The rows to tell of, in no order.</param>
    /// <param name="scoreOf">Which raw score of a row is explained; null where it has one.</param>
    /// <param name="error">Of contributions that are sampled, their standard error; null where they are exact.</param>
    public static SwarmExhibit? Of(
        Definition definition,
        Reasons reasons,
        Frame frame,
        EncodedRows rows,
        int[] sample,
        Func<int, int>? scoreOf,
        double? error,
        CancellationToken cancel
    )
    {
        int[] some = sample[..Math.Min(sample.Length, MostRows)];
        var unit = definition.Model.Task.ScoreUnitOf(definition.Model, definition.Metric);
        var moved = new Dictionary<RawFeature, double[]>();
        foreach (var (at, told) in reasons.Of(rows, some, int.MaxValue, cancel, scoreOf).Index())
        {
            foreach (var reason in told)
            {
                if (!moved.TryGetValue(reason.Feature, out var values))
                {
                    moved[reason.Feature] = values = new double[some.Length];
                }

                values[at] = Math.Round(reason.Contribution, DecimalsOf(reason.Contribution));
            }
        }

        return moved.Count == 0
            ? null
            : new SwarmExhibit
            {
                Id = "reasons",
                Section = Sections.Inputs,
                Title = "How far each column moves the answers",
                Caption =
                    "A point is a row of the holdout: what the column adds to its score, in "
                    + $"{unit}, from the average on. That is the score before calibration. "
                    + "From blue to orange the row's own value rises; grey is no number. What is made of the same "
                    + "columns of the query is one line."
                    + (
                        error is null
                            ? ""
                            : " Sampled: the model was only asked, with values of this row and of others mixed. What a "
                                + $"row's add up to is exact; the standard error of each is {Formats.Metric(error)}."
                    ),
                Description =
                    $"What each column adds to the scores of {Formats.Count(some.Length, "row")} of the holdout, the "
                    + "column that moves them most first.",
                Wide = true,
                Of = "Column",
                X = new Axis($"contribution, {unit}"),
                Lines =
                [
                    .. moved
                        .OrderByDescending(each => each.Value.Sum(Math.Abs))
                        .ThenBy(each => each.Key.Name, StringComparer.Ordinal)
                        .Take(MostLines)
                        .Select(each => new SwarmLine(each.Key.Name, each.Value, ShadesOf(each.Key, frame, some))),
                ],
            };
    }

    /// <summary>Four digits are more than a chart can show.</summary>
    private static int DecimalsOf(double value) =>
        value == 0 ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15);

    /// <summary>Where a row's number stands among those of the others; null where there is none.</summary>
    private static double?[] ShadesOf(RawFeature feature, Frame frame, int[] rows)
    {
        if (feature.Sources is not [var only] || frame.Find(only) is not NumberColumn column)
        {
            return new double?[rows.Length];
        }

        double[] sorted = [.. rows.Select(row => column[row]).Where(value => !double.IsNaN(value)).Order()];
        return
        [
            .. rows.Select(row =>
                column.IsNull(row) ? (double?)null : Math.Round(Middle(sorted, column[row]) / sorted.Length, 2)
            ),
        ];
    }

    /// <summary>The place of a value, of equal ones the middle.</summary>
    private static double Middle(double[] sorted, double value)
    {
        var (first, after) = (0, sorted.Length);
        while (first < sorted.Length && sorted[first] < value)
        {
            first++;
        }

        while (after > 0 && sorted[after - 1] > value)
        {
            after--;
        }

        return (first + after) / 2.0;
    }
}
