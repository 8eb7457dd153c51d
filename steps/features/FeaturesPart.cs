using Trainyard.Datasets;
using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>One part of the dataset: every row through every computation, in one pass.</summary>
internal sealed class FeaturesPart(DatasetReader reader, IReadOnlyList<Computation> computations)
{
    private const int ReportEvery = 10_000;

    /// <summary>Writes the features of all rows and counts them in the profiler.</summary>
    /// <returns>How many rows there were.</returns>
    public long WriteTo(Stream target, IReadOnlyList<Column> columns, DatasetProfiler profiler, Progress progress, CancellationToken cancel)
    {
        using var writer = new DatasetWriter(target, columns);
        while (reader.Read())
        {
            profiler.BeginRow();
            for (var index = 0; index < computations.Count; index++)
            {
                computations[index].Write(writer, new ColumnProfiler(profiler, index));
            }

            writer.EndRecord();
            if (writer.Rows % ReportEvery == 0)
            {
                progress.AddRows(ReportEvery);
                cancel.ThrowIfCancellationRequested();
            }
        }

        progress.AddRows(writer.Rows % ReportEvery);
        return writer.Rows;
    }
}

/// <summary>A column's place in the profiler.</summary>
internal readonly struct ColumnProfiler(DatasetProfiler profiler, int index)
{
    public void Add(ReadOnlySpan<byte> text, bool isNull, double number) => profiler.Add(index, text, isNull, number);
}

/// <summary>Computes one column for the reader's current row, and writes it.</summary>
internal abstract class Computation
{
    public abstract void Write(DatasetWriter writer, ColumnProfiler profiler);

    protected static void WriteNumber(DatasetWriter writer, ColumnProfiler profiler, double value)
    {
        writer.Number(value);
        profiler.Add(writer.LastField, double.IsNaN(value), value);
    }

    protected static void WriteText(DatasetWriter writer, ColumnProfiler profiler, ReadOnlySpan<byte> utf8)
    {
        writer.Text(utf8);
        profiler.Add(utf8, isNull: false, double.NaN);
    }

    protected static void WriteNull(DatasetWriter writer, ColumnProfiler profiler)
    {
        writer.Null();
        profiler.Add([], isNull: true, double.NaN);
    }
}
