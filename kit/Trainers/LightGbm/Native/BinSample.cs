using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>The values from which LightGBM learns the bins: of each column those that are not zero, and where they
/// are. It draws the same rows as LightGBM does from a matrix.</summary>
internal sealed unsafe class BinSample
{
    private const int RowsAtOnce = 4096;

    private readonly double[][] _values;
    private readonly int[][] _places;
    private readonly int[] _counts;
    private readonly int _rows;

    private BinSample(int columns, int rows)
    {
        _rows = rows;
        _counts = new int[columns];
        _values = [.. _counts.Select(_ => GC.AllocateUninitializedArray<double>(rows, pinned: true))];
        _places = [.. _counts.Select(_ => GC.AllocateUninitializedArray<int>(rows, pinned: true))];
    }

    /// <param name="columns">All rows.</param>
    /// <param name="learned">The rows from which may be learned, in order; all where empty.</param>
    public static BinSample Draw(IReadOnlyList<InputColumn> columns, ReadOnlySpan<int> learned, BinningOptions options)
    {
        NativeLog.Attach();
        var among = learned.IsEmpty ? columns[0].Rows : learned.Length;
        LightGbmException.ThrowUnless(NativeMethods.GetSampleCount(among, options.Text, out var count));
        var drawn = new int[count];
        fixed (int* indices = drawn)
        {
            LightGbmException.ThrowUnless(NativeMethods.SampleIndices(among, options.Text, indices, out count));
        }

        for (var i = 0; !learned.IsEmpty && i < count; i++)
        {
            drawn[i] = learned[drawn[i]];
        }

        var sample = new BinSample(columns.Count, count);
        sample.Gather(columns, drawn.AsSpan(0, count));
        return sample;
    }

    /// <summary>Makes a dataset with room for <paramref name="rows"/>, which are still to be pushed.</summary>
    public DatasetHandle Create(int rows, BinningOptions options)
    {
        NativeLog.Attach();
        // LightGBM sorts the values where they are, so they can be used once. They were allocated pinned.
        var (values, places) = (new double*[_counts.Length], new int*[_counts.Length]);
        for (var column = 0; column < _counts.Length; column++)
        {
            values[column] = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(_values[column], 0);
            places[column] = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_places[column], 0);
        }

        // What it says of levels would be said on its own threads, which have no callback.
        var isAlone = options.Categorical.Count > 0;
        try
        {
            if (isAlone)
            {
                LightGbmException.ThrowUnless(NativeMethods.SetMaxThreads(1));
            }

            fixed (double** allValues = values)
            fixed (int** allPlaces = places)
            fixed (int* counts = _counts)
            {
                LightGbmException.ThrowUnless(
                    NativeMethods.DatasetCreateFromSampledColumn(
                        allValues,
                        allPlaces,
                        _counts.Length,
                        counts,
                        _rows,
                        rows,
                        _rows,
                        options.Text,
                        out var dataset
                    )
                );
                return dataset;
            }
        }
        finally
        {
            if (isAlone)
            {
                _ = NativeMethods.SetMaxThreads(-1);
            }
            GC.KeepAlive(this);
        }
    }

    private void Gather(IReadOnlyList<InputColumn> columns, ReadOnlySpan<int> rows)
    {
        var block = new double[RowsAtOnce];
        for (var next = 0; next < rows.Length; )
        {
            var first = rows[next];
            var last = Math.Min(first + block.Length, columns[0].Rows);
            var end = next;
            while (end < rows.Length && rows[end] < last)
            {
                end++;
            }

            var read = block.AsSpan(0, rows[end - 1] - first + 1);
            for (var column = 0; column < columns.Count; column++)
            {
                columns[column].Read(first, read);
                for (var i = next; i < end; i++)
                {
                    var value = read[rows[i] - first];
                    if (double.IsNaN(value) || Math.Abs(value) > NativeDataset.Zero)
                    {
                        _values[column][_counts[column]] = value;
                        _places[column][_counts[column]++] = i;
                    }
                }
            }

            next = end;
        }
    }
}
