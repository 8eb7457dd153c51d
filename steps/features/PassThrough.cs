using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>A column of the query as it is: its bytes pass, and its type is checked.</summary>
internal sealed class PassThrough(DatasetReader reader, int index) : Computation
{
    private readonly ColumnType _type = reader.Columns[index].Type;

    public override void Write(DatasetWriter writer, ColumnProfiler profiler)
    {
        var isNull = reader.IsNull(index);
        var number = isNull ? double.NaN : _type switch
        {
            ColumnType.TimestampTz => Seconds(reader.Instant(index)!.Value.UtcDateTime),
            ColumnType.Timestamp or ColumnType.Date => Seconds(reader.Local(index)!.Value),
            _ when _type.IsNumber() => reader.Number(index),
            _ => double.NaN,
        };
        if (!isNull && _type == ColumnType.Uuid)
        {
            reader.Check(index);
        }

        writer.Raw(reader.Raw(index));
        profiler.Add(reader.Utf8(index), isNull, number);
    }

    private static double Seconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;
}
