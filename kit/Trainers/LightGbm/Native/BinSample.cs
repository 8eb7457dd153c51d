using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>The values from which LightGBM learns the bins: of each column those that are not zero, and where they
/// are. It draws the same rows as LightGBM does from a matrix.</summary>
internal sealed unsafe class BinSample
{
    private readonly List<double>[] _values;
    private readonly List<int>[] _places;
    private readonly int _rows;

    private BinSample(int columns, int rows)
    {
        _rows = rows;
        _values = [.. Enumerable.Range(0, columns).Select(_ => new List<double>())];
        _places = [.. Enumerable.Range(0, columns).Select(_ => new List<int>())];
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
        var columns = _values.Length;
        var (values, places, counts) = (new double*[columns], new int*[columns], new int[columns]);
        var pins = new List<GCHandle>();
        // What it says of levels would be said on its own threads, which have no callback.
        var isAlone = options.Categorical.Count > 0;
        try
        {
            for (var column = 0; column < columns; column++)
            {
                values[column] = (double*)Pinned(_values[column].ToArray());
                places[column] = (int*)Pinned(_places[column].ToArray());
                counts[column] = _values[column].Count;
            }

            if (isAlone)
            {
                LightGbmException.ThrowUnless(NativeMethods.SetMaxThreads(1));
            }

            fixed (double** allValues = values)
            fixed (int** allPlaces = places)
            fixed (int* allCounts = counts)
            {
                LightGbmException.ThrowUnless(
                    NativeMethods.DatasetCreateFromSampledColumn(
                        allValues,
                        allPlaces,
                        columns,
                        allCounts,
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

            pins.ForEach(pin => pin.Free());
        }

        nint Pinned(Array array)
        {
            var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
            pins.Add(pin);
            return pin.AddrOfPinnedObject();
        }
    }

    private void Gather(IReadOnlyList<InputColumn> columns, ReadOnlySpan<int> rows)
    {
        var block = new double[NativeDataset.RowsAtOnce];
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
                        _values[column].Add(value);
                        _places[column].Add(i);
                    }
                }
            }

            next = end;
        }
    }
}
