using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>
/// What splits ask of a row, as whole numbers. A number becomes its place among the thresholds that the model has for
/// its column, so a split compares two small integers, whatever the value was; a value that the split takes for
/// missing becomes the lowest or the highest place. A level is the number that it is, and −1 where it is none.
/// </summary>
internal sealed class SplitColumns
{
    /// <summary>What LightGBM takes for zero: nothing but 1e-35 in 32 bits.</summary>
    private const double Zero = 1e-35f;

    private readonly double[][] _thresholds;
    private readonly List<(int Feature, Missing? Missing)> _columns = [];
    private readonly Dictionary<(int Feature, Missing? Missing), int> _numbers = [];
    private readonly List<(int Column, Missing? Missing)>[] _ofFeature;

    public SplitColumns(TreeModel model)
    {
        var splits = model.Trees.SelectMany(tree => tree.Splits).ToList();
        var thresholds = splits
            .Where(split => split.Levels is null)
            .ToLookup(split => split.Feature, split => split.Threshold);
        _thresholds = [.. Enumerable.Range(0, model.Features).Select(feature => Sorted(thresholds[feature]))];
        foreach (var split in splits)
        {
            if (_numbers.TryAdd(Key(split), _columns.Count))
            {
                _columns.Add(Key(split));
            }
        }

        _ofFeature =
        [
            .. Enumerable
                .Range(0, model.Features)
                .Select(feature =>
                    _columns
                        .Index()
                        .Where(column => column.Item.Feature == feature)
                        .Select(column => (column.Index, column.Item.Missing))
                        .ToList()
                ),
        ];
    }

    public int Count => _columns.Count;

    public int Features => _ofFeature.Length;

    public bool IsUsed(int feature) => _ofFeature[feature].Count > 0;

    /// <summary>The column that a split asks.</summary>
    public int ColumnOf(Split split) => _numbers[Key(split)];

    /// <summary>A place no higher leads left.</summary>
    public int PlaceOf(Split split) => Array.BinarySearch(_thresholds[split.Feature], split.Threshold);

    /// <summary>Turns a block of a feature's values into places.</summary>
    /// <param name="block">Column by column.</param>
    /// <param name="stride">How many rows a column of the block has room for.</param>
    public void Fill(int feature, ReadOnlySpan<double> values, Span<int> block, int stride)
    {
        foreach (var (column, missing) in _ofFeature[feature])
        {
            var places = block.Slice(column * stride, values.Length);
            if (missing is null)
            {
                Levels(values, places);
            }
            else
            {
                Places(_thresholds[feature], missing.Value, values, places);
            }
        }
    }

    private static (int Feature, Missing? Missing) Key(Split split) =>
        (split.Feature, split.Levels is null ? split.Missing : null);

    private static double[] Sorted(IEnumerable<double> thresholds)
    {
        double[] sorted = [.. thresholds.Distinct()];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The conversion of C++ on x86: towards zero, and what 32 bits cannot hold is negative.</summary>
    private static void Levels(ReadOnlySpan<double> values, Span<int> levels)
    {
        for (var row = 0; row < values.Length; row++)
        {
            levels[row] = values[row] is > -1 and < int.MaxValue + 1.0 ? (int)values[row] : -1;
        }
    }

    private static void Places(double[] thresholds, Missing missing, ReadOnlySpan<double> values, Span<int> places)
    {
        var isZeroMissing = missing is Missing.ZeroLeft or Missing.ZeroRight;
        var ofMissing = missing switch
        {
            Missing.ZeroLeft or Missing.NanLeft => 0,
            Missing.ZeroRight or Missing.NanRight => thresholds.Length,
            _ => Place(thresholds, 0),
        };
        var ofZero = isZeroMissing ? ofMissing : Place(thresholds, 0);
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            places[row] =
                double.IsNaN(value) ? ofMissing
                : Math.Abs(value) <= Zero ? ofZero
                : Place(thresholds, value);
        }
    }

    /// <summary>How many thresholds are below the value. The steps are the same for every value, so the processor
    /// need not guess.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(double[] thresholds, double value)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(thresholds);
        var (low, length) = (0, thresholds.Length);
        while (length > 1)
        {
            var half = length >> 1;
            low += half & -(Unsafe.Add(ref first, low + half - 1) < value ? 1 : 0);
            length -= half;
        }

        return length == 0 ? 0 : low + (Unsafe.Add(ref first, low) < value ? 1 : 0);
    }
}
