using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>
/// What splits ask of a row, as whole numbers. A number becomes its place among the thresholds that the model has for
/// its column, so a split compares two small integers, whatever the value was; a value that the split takes for
/// missing becomes the lowest or the highest place. A level becomes its place among those that the column's sets name,
/// and the one behind them where none does.
/// </summary>
internal sealed class SplitColumns
{
    /// <summary>What LightGBM takes for zero: nothing but 1e-35 in 32 bits.</summary>
    private const double Zero = 1e-35f;

    private readonly double[][] _thresholds;
    private readonly double[][] _levels;
    private readonly Dictionary<(int Feature, Missing? Missing), int> _numbers = [];
    private readonly List<(int Column, Missing? Missing)>[] _ofFeature;

    public SplitColumns(TreeModel model)
    {
        var splits = model.Trees.SelectMany(tree => tree.Splits).ToLookup(split => split.Feature);
        _thresholds = new double[model.Features][];
        _levels = new double[model.Features][];
        _ofFeature = new List<(int, Missing?)>[model.Features];
        for (var feature = 0; feature < model.Features; feature++)
        {
            var ofFeature = splits[feature].ToList();
            _thresholds[feature] = Sorted(
                ofFeature.Where(split => split.Levels is null).Select(split => split.Threshold)
            );
            _levels[feature] = Sorted(ofFeature.SelectMany(split => Named(split.Levels ?? [])));
            _ofFeature[feature] = [];
            foreach (var split in ofFeature)
            {
                if (_numbers.TryAdd(Key(split), _numbers.Count))
                {
                    _ofFeature[feature].Add((_numbers[Key(split)], Key(split).Missing));
                }
            }
        }

        MostPlaces = _thresholds.Concat(_levels).Max(places => places.Length) + 1;
    }

    public int Count => _numbers.Count;

    public int Features => _ofFeature.Length;

    /// <summary>No place is as high.</summary>
    public int MostPlaces { get; }

    public bool IsUsed(int feature) => _ofFeature[feature].Count > 0;

    /// <summary>The column that a split asks.</summary>
    public int ColumnOf(Split split) => _numbers[Key(split)];

    /// <summary>A place no higher leads left.</summary>
    public int PlaceOf(Split split) => Array.BinarySearch(_thresholds[split.Feature], split.Threshold);

    /// <summary>A bit for each place of the column; those that are set lead left.</summary>
    public uint[] SetOf(Split split)
    {
        var levels = _levels[split.Feature];
        var set = new uint[(levels.Length >> 5) + 1];
        foreach (var level in Named(split.Levels ?? []))
        {
            var place = Array.BinarySearch(levels, level);
            set[place >> 5] |= 1u << (place & 31);
        }

        return set;
    }

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
                FillLevels(_levels[feature], values, places);
            }
            else
            {
                FillNumbers(_thresholds[feature], missing.Value, values, places);
            }
        }
    }

    private static (int Feature, Missing? Missing) Key(Split split) =>
        (split.Feature, split.Levels is null ? split.Missing : null);

    private static double[] Sorted(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Distinct()];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The levels whose bits are set.</summary>
    public static IEnumerable<double> Named(uint[] set)
    {
        for (var word = 0; word < set.Length; word++)
        {
            for (var bits = set[word]; bits != 0; bits &= bits - 1)
            {
                yield return (32.0 * word) + BitOperations.TrailingZeroCount(bits);
            }
        }
    }

    /// <summary>A value is converted as C++ does it on x86: towards zero, and what 32 bits cannot hold is no
    /// level.</summary>
    private static void FillLevels(double[] levels, ReadOnlySpan<double> values, Span<int> places)
    {
        for (var row = 0; row < values.Length; row++)
        {
            double level = values[row] is > -1 and < int.MaxValue + 1.0 ? (int)values[row] : -1;
            var place = Place(levels, level);
            places[row] = place < levels.Length && levels[place] == level ? place : levels.Length;
        }
    }

    private static void FillNumbers(double[] thresholds, Missing missing, ReadOnlySpan<double> values, Span<int> places)
    {
        var ofZero = Place(thresholds, 0);
        var ofMissing = missing switch
        {
            Missing.ZeroLeft or Missing.NanLeft => 0,
            Missing.ZeroRight or Missing.NanRight => thresholds.Length,
            _ => ofZero,
        };
        if (missing is Missing.ZeroLeft or Missing.ZeroRight)
        {
            ofZero = ofMissing;
        }

        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            places[row] =
                double.IsNaN(value) ? ofMissing
                : Math.Abs(value) <= Zero ? ofZero
                : Place(thresholds, value);
        }
    }

    /// <summary>How many of the sorted values are below one. The steps are the same for every value, so the processor
    /// need not guess.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(double[] sorted, double value)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(sorted);
        var (low, length) = (0, sorted.Length);
        while (length > 1)
        {
            var half = length >> 1;
            low += half & -(Unsafe.Add(ref first, low + half - 1) < value ? 1 : 0);
            length -= half;
        }

        return length == 0 ? 0 : low + (Unsafe.Add(ref first, low) < value ? 1 : 0);
    }
}
