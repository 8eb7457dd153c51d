using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>The time from one column to another.</summary>
internal sealed class Elapsed(DatasetReader reader, int from, int to, ElapsedUnit unit) : Computation
{
    private readonly double _ticks = unit switch
    {
        ElapsedUnit.Seconds => TimeSpan.TicksPerSecond,
        ElapsedUnit.Minutes => TimeSpan.TicksPerMinute,
        ElapsedUnit.Days => TimeSpan.TicksPerDay,
        _ => TimeSpan.TicksPerHour,
    };

    public override void Write(Cell cell) =>
        cell.Number(Ticks(to) is { } later && Ticks(from) is { } earlier ? (later - earlier) / _ticks : double.NaN);

    private long? Ticks(int index) =>
        reader.Columns[index].Type == ColumnType.TimestampTz
            ? reader.Instant(index)?.UtcTicks
            : reader.Local(index)?.Ticks;
}
