using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>The wall time of a column in the pipeline's zone, computed once a row for all features that ask.</summary>
internal sealed class LocalTime(DatasetReader reader, int index, Clock clock)
{
    private readonly bool _isInstant = reader.Columns[index].Type == ColumnType.TimestampTz;
    private readonly LocalTimes _times = new(clock);
    private long _row;
    private DateTime? _value;

    public DateTime? Value
    {
        get
        {
            if (_row != reader.Row)
            {
                _row = reader.Row;
                _value = _isInstant
                    ? reader.Instant(index) is { } instant
                        ? _times.Of(instant)
                        : null
                    : reader.Local(index);
            }

            return _value;
        }
    }
}
