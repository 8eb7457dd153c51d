namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>Rows in LightGBM's bins: a byte a value where a column has no more than 255. Nothing of what they were
/// made from is kept.</summary>
internal sealed unsafe class NativeDataset : IDisposable
{
    /// <summary>What LightGBM takes for zero: nothing but 1e-35 in 32 bits.</summary>
    public const double Zero = 1e-35f;

    private const string Weight = "weight";

    private NativeDataset(DatasetHandle handle, int rows, BinningOptions options) =>
        (Handle, Rows, Options) = (handle, rows, options);

    public DatasetHandle Handle { get; }

    public int Rows { get; }

    public BinningOptions Options { get; }

    private bool IsLent { get; init; }

    /// <summary>Learns bins and puts all rows into them.</summary>
    /// <param name="columns">All of the same length.</param>
    /// <param name="learned">The rows from which bins are learned, in order; all where empty.</param>
    public static NativeDataset Create(
        IReadOnlyList<InputColumn> columns,
        BinningOptions options,
        ReadOnlySpan<int> learned = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count);
        var rows = columns[0].Rows;
        ArgumentOutOfRangeException.ThrowIfZero(rows);
        if (columns.Any(column => column.Rows != rows))
        {
            throw new ArgumentException("The columns are not of the same length.", nameof(columns));
        }

        var dataset = new NativeDataset(BinSample.Draw(columns, learned, options).Create(rows, options), rows, options);
        try
        {
            dataset.Push(columns);
            return dataset;
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    /// <summary>Of rows of which most values are zero.</summary>
    /// <param name="starts">Where each row's values begin, and where the last one's end.</param>
    /// <param name="sample">From <see cref="BinSample.Draw"/>, of whatever tells the bins.</param>
    public static NativeDataset CreateSparse(
        BinSample sample,
        BinningOptions options,
        int columns,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> columnsOfValues,
        ReadOnlySpan<double> values
    )
    {
        var rows = starts.Length - 1;
        var dataset = new NativeDataset(sample.Create(rows, options), rows, options);
        try
        {
            fixed (int* start = starts)
            fixed (int* column = columnsOfValues)
            fixed (double* value = values)
            {
                LightGbmException.ThrowUnless(
                    NativeMethods.DatasetPushSparseRows(
                        dataset.Handle,
                        start,
                        NativeMethods.Int32,
                        column,
                        value,
                        NativeMethods.Float64,
                        starts.Length,
                        values.Length,
                        columns,
                        0
                    )
                );
            }

            return dataset;
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    /// <summary>The same rows, for somebody who disposes of what he was given: the owner keeps them.</summary>
    public NativeDataset Lend() => new(Handle, Rows, Options) { IsLent = true };

    /// <summary>Some of the rows, in the same bins, with what was set of them.</summary>
    /// <param name="rows">In order.</param>
    public NativeDataset Subset(ReadOnlySpan<int> rows)
    {
        NativeLog.Attach();
        fixed (int* indices = rows)
        {
            LightGbmException.ThrowUnless(
                NativeMethods.DatasetGetSubset(Handle, indices, rows.Length, Options.Text, out var subset)
            );
            return new NativeDataset(subset, rows.Length, Options);
        }
    }

    public void SetLabels(ReadOnlySpan<double> labels)
    {
        var narrow = new float[labels.Length];
        for (var row = 0; row < narrow.Length; row++)
        {
            narrow[row] = (float)labels[row];
        }

        SetLabels(narrow);
    }

    /// <summary>LightGBM keeps 32 bits of a label. It would take NaN for 0, and infinity for 1e38.</summary>
    public void SetLabels(ReadOnlySpan<float> labels)
    {
        RefuseUnlessFinite(labels, "label");
        SetFloats("label", labels);
    }

    /// <param name="weights">Empty where all rows weigh the same.</param>
    public void SetWeights(ReadOnlySpan<float> weights)
    {
        RefuseUnlessFinite(weights, "weight");
        SetFloats(Weight, weights);
    }

    /// <param name="scores">Class by class where there are several.</param>
    public void SetInitialScores(ReadOnlySpan<double> scores)
    {
        NativeLog.Attach();
        fixed (double* data = scores)
        {
            LightGbmException.ThrowUnless(
                NativeMethods.DatasetSetField(Handle, "init_score", data, scores.Length, NativeMethods.Float64)
            );
        }
    }

    /// <param name="sizes">Rows of each query, which lie together.</param>
    public void SetQueries(ReadOnlySpan<int> sizes)
    {
        NativeLog.Attach();
        fixed (int* data = sizes)
        {
            LightGbmException.ThrowUnless(
                NativeMethods.DatasetSetField(Handle, "group", data, sizes.Length, NativeMethods.Int32)
            );
        }
    }

    public void Dispose()
    {
        if (!IsLent)
        {
            Handle.Dispose();
        }
    }

    private static void RefuseUnlessFinite(ReadOnlySpan<float> values, string what)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException($"A {what} is not a number, or none of 32 bits.", nameof(values));
            }
        }
    }

    private void SetFloats(string field, ReadOnlySpan<float> values)
    {
        NativeLog.Attach();
        if (values.Length != Rows && !(values.IsEmpty && field == Weight))
        {
            throw new ArgumentException($"There are {values.Length} of {field}, and {Rows} rows.", nameof(values));
        }

        fixed (float* data = values)
        {
            LightGbmException.ThrowUnless(
                NativeMethods.DatasetSetField(Handle, field, data, values.Length, NativeMethods.Float32)
            );
        }
    }

    private void Push(IReadOnlyList<InputColumn> columns)
    {
        NativeLog.Attach();
        var width = columns.Count;
        // About a megabyte: LightGBM's threads meet after each block.
        var atOnce = Math.Min(Rows, Math.Clamp((1 << 17) / width, 256, 1 << 16));
        var (read, block) = (new double[atOnce], new double[atOnce * width]);
        for (var first = 0; first < Rows; first += atOnce)
        {
            var some = read.AsSpan(0, Math.Min(atOnce, Rows - first));
            for (var column = 0; column < width; column++)
            {
                columns[column].Read(first, some);
                for (int row = 0, at = column; row < some.Length; row++, at += width)
                {
                    block[at] = some[row];
                }
            }

            fixed (double* rows = block)
            {
                LightGbmException.ThrowUnless(
                    NativeMethods.DatasetPushRows(Handle, rows, NativeMethods.Float64, some.Length, width, first)
                );
            }
        }
    }
}
