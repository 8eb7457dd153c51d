using Trainyard.Datasets;

namespace Trainyard.Steps.Features;

/// <summary>One value of the output: it is written and counted in the profile in one go, so that the two cannot
/// differ.</summary>
internal readonly struct Cell(DatasetWriter writer, PartProfiler profiler, int column)
{
    public void Null()
    {
        writer.Null();
        profiler.Null(column);
    }

    /// <summary>A computed number. One that is not finite, such as a division by zero, is no value that a model could
    /// learn from: it becomes null.</summary>
    public void Number(double value)
    {
        if (double.IsFinite(value))
        {
            writer.Number(value);
            profiler.Number(column, value);
        }
        else
        {
            Null();
        }
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        writer.Text(utf8);
        profiler.Text(column, utf8);
    }

    /// <summary>A number whose text is there already.</summary>
    public void Number(ReadOnlySpan<byte> field, double value)
    {
        writer.Raw(field);
        profiler.Number(column, value);
    }

    /// <summary>A date or time whose text is there already.</summary>
    public void Moment(ReadOnlySpan<byte> field, DateTime value)
    {
        writer.Raw(field);
        profiler.Moment(column, value);
    }

    /// <summary>A text as it stands in the file, with its quotes.</summary>
    public void Text(ReadOnlySpan<byte> field, ReadOnlySpan<byte> utf8)
    {
        writer.Raw(field);
        profiler.Text(column, utf8);
    }
}
