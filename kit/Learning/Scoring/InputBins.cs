using Trainyard.Learning.Data;
using Trainyard.Learning.Drift;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Scoring;

/// <summary>Counts an input of a score run in the bins of the blocks that the model was trained on, and compares
/// it.</summary>
/// <param name="trained">Its column in the rows that the model has learned.</param>
/// <param name="known">The same in blocks; null where there is no time, it only tells the time, or nobody has
/// looked.</param>
internal sealed class InputBins(EncodedColumn column, ColumnProfile trained, KnownInput? known)
{
    private readonly Binning _binning = new(column, known);

    public string Name => column.Name;

    private MovedIn Holds => column.Kind == FeatureColumnKind.Text ? MovedIn.Lengths : MovedIn.Values;

    public InputCount Count(FrameColumn values)
    {
        var counts = new long[_binning.Count];
        var compared = Binning.Compared(values);
        if (compared is CategoryColumn category)
        {
            var binOf = _binning.OfCodes(category);
            foreach (var code in category.Codes)
            {
                counts[binOf[code]]++;
            }

            return new InputCount(Name, counts, column.CountUnseen(category), 0);
        }

        var (numbers, sum) = ((NumberColumn)compared, new Sum());
        for (var row = 0; row < numbers.Count; row++)
        {
            counts[_binning.Of(numbers[row])]++;
            if (!numbers.IsNull(row))
            {
                sum.Add(_binning.AsRead(numbers[row]));
            }
        }

        return new InputCount(Name, counts, 0, sum.Value);
    }

    /// <summary>Adds up what parts hold; 65 where they were not counted in these bins.</summary>
    public InputCount Add(IEnumerable<InputCount> parts)
    {
        var (counts, unseen, sum) = (new long[_binning.Count], 0L, new Sum());
        foreach (var part in parts.Select(part => known is null ? NullOrNot(part) : part))
        {
            if (part.Bins.Count != counts.Length)
            {
                throw Fault.BadData(
                    $"The input '{Name}' was counted in {part.Bins.Count} bins, and the model's package has "
                        + $"{counts.Length}. Nothing was published; start a new run."
                );
            }

            for (var bin = 0; bin < counts.Length; bin++)
            {
                counts[bin] += part.Bins[bin];
            }

            unseen += part.Unseen;
            sum.Add(part.Sum);
        }

        return new InputCount(Name, counts, unseen, sum.Value);
    }

    /// <summary>Where nothing is known of blocks only nulls are told apart, however many bins a shard of version 1.0
    /// has counted.</summary>
    private static InputCount NullOrNot(InputCount part) =>
        part.Bins.Count == 0 ? part : part with { Bins = [part.Bins.SkipLast(1).Sum(), part.Bins[^1]] };

    /// <param name="season">The place of the run's season among those that are known; null where it is none of
    /// them.</param>
    public MovedInput Compare(InputCount now, int? season)
    {
        var isNumber = column.Kind != FeatureColumnKind.Category;
        var (rows, nulls) = (now.Rows, now.Bins[^1]);
        var moves = known is null || rows == 0 ? null : InputMoves.Of(known, now, season, Holds);
        return new MovedInput(
            Name,
            rows == 0 ? 0 : (double)nulls / rows,
            (double)trained.Nulls / Math.Max(1, trained.Count),
            isNumber || rows == 0 ? null : (double)now.Unseen / rows,
            isNumber && rows > nulls ? now.Sum / (rows - nulls) : null,
            isNumber ? trained.Mean : null
        )
        {
            Distance = moves?.Distance,
            Beyond = moves?.Beyond,
            In = moves?.In,
        };
    }
}

/// <summary>What an input holds in some of the rows.</summary>
/// <param name="Column">The feature's column.</param>
/// <param name="Bins">Rows in each bin of training; the last is null.</param>
/// <param name="Unseen">Of a category: rows with a level that training did not have.</param>
/// <param name="Sum">Of a number: the sum of the values.</param>
public sealed record InputCount(string Column, IReadOnlyList<long> Bins, long Unseen, double Sum)
{
    internal long Rows => Bins.Sum();
}
