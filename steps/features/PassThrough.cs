using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>A column of the query as it is: its bytes pass, and its type is checked.</summary>
internal sealed class PassThrough(DatasetReader reader, int index) : Computation
{
    private readonly ColumnType _type = reader.Columns[index].Type;
    private readonly bool _isNumber = reader.Columns[index].Type.IsNumber();

    public override void Write(Cell cell)
    {
        var field = reader.Raw(index);
        if (reader.IsNull(index))
        {
            cell.Null();
        }
        else if (_isNumber)
        {
            cell.Number(field, reader.Number(index));
        }
        else if (_type == ColumnType.TimestampTz)
        {
            cell.Moment(field, reader.Instant(index)!.Value.UtcDateTime);
        }
        else if (_type is ColumnType.Timestamp or ColumnType.Date)
        {
            cell.Moment(field, reader.Local(index)!.Value);
        }
        else
        {
            reader.Check(index);
            cell.Text(field, reader.Utf8(index));
        }
    }
}
