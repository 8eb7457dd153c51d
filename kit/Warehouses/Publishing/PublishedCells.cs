using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>Reads the rows of a part as the table has them; how they get into it is the warehouse's.</summary>
internal sealed class PublishedCells
{
    private const int RowsAtOnce = 20_000;

    private readonly DatasetReader _part;
    private readonly Action<IRowWriter>[] _cells;

    /// <param name="ofAll">What all rows have in columns that parts need not have.</param>
    public PublishedCells(
        IReadOnlyList<TableColumn> columns,
        DatasetReader part,
        IReadOnlyDictionary<string, string>? ofAll = null
    )
    {
        _part = part;
        _cells = [.. columns.Select(column => CellOf(column, ofAll?.GetValueOrDefault(column.Name)))];
    }

    /// <returns>How many rows the part has.</returns>
    public long Write(IRowWriter target, Action<long>? wrote, CancellationToken cancel)
    {
        long rows = 0;
        while (_part.Read())
        {
            target.StartRow();
            foreach (var cell in _cells)
            {
                cell(target);
            }

            target.EndRow();
            if (++rows % RowsAtOnce == 0)
            {
                cancel.ThrowIfCancellationRequested();
                wrote?.Invoke(RowsAtOnce);
            }
        }

        wrote?.Invoke(rows % RowsAtOnce);
        return rows;
    }

    private Action<IRowWriter> CellOf(TableColumn column, string? ofAll)
    {
        if (ofAll is not null)
        {
            return target => target.Text(ofAll);
        }

        if (column.Source is not { } source)
        {
            return target => target.Null();
        }

        var index = _part.IndexOf(source);
        var value = ValueOf(index, column.Type);
        if (!_part.Columns[index].Nullable)
        {
            return value;
        }

        return target =>
        {
            if (_part.IsNull(index))
            {
                target.Null();
            }
            else
            {
                value(target);
            }
        };
    }

    private Action<IRowWriter> ValueOf(int index, ColumnType type) =>
        type switch
        {
            ColumnType.Boolean => target => target.Boolean(_part.Number(index) != 0),
            ColumnType.Integer => target => target.Integer((int)_part.Integer(index)),
            ColumnType.BigInt => target => target.BigInt(_part.Integer(index)),
            ColumnType.Double => target => target.Double(_part.Number(index)),
            ColumnType.Date => target => target.Date(DateOnly.FromDateTime(_part.Local(index)!.Value)),
            ColumnType.Timestamp => target => target.Timestamp(_part.Local(index)!.Value),
            ColumnType.TimestampTz => target => target.Instant(_part.Instant(index)!.Value),
            ColumnType.Uuid => target => target.Uuid(Guid.Parse(_part.Text(index)!)),
            _ => target => target.Text(_part.Text(index)!),
        };
}
