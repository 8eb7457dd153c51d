using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>Reads the rows of a part as the table has them; how they get into it is the warehouse's.</summary>
internal static class PredictionRows
{
    private const int RowsAtOnce = 20_000;

    /// <returns>How many rows the part has.</returns>
    public static long Write(DatasetReader part, PublishRequest request, IRowWriter target, CancellationToken cancel)
    {
        Action<DatasetReader, IRowWriter>[] cells =
        [
            .. request.Table.Columns.Select(column => CellOf(column, part, request)),
        ];
        long rows = 0;
        while (part.Read())
        {
            target.StartRow();
            foreach (var cell in cells)
            {
                cell(part, target);
            }

            target.EndRow();
            if (++rows % RowsAtOnce == 0)
            {
                cancel.ThrowIfCancellationRequested();
                request.Wrote?.Invoke(RowsAtOnce);
            }
        }

        request.Wrote?.Invoke(rows % RowsAtOnce);
        return rows;
    }

    private static Action<DatasetReader, IRowWriter> CellOf(Column column, DatasetReader part, PublishRequest request)
    {
        var ofAll = column.Name switch
        {
            "pipeline" => request.Table.Pipeline,
            "run" => request.Run.Run,
            "model" => request.Model.Version,
            _ => null,
        };
        if (ofAll is not null)
        {
            return (_, target) => target.Text(ofAll);
        }

        var index = part.IndexOf(column.Name);
        return column.Type switch
        {
            ColumnType.Boolean => (row, target) => target.Boolean(row.Number(index) != 0),
            ColumnType.Integer => (row, target) => target.Integer((int)row.Integer(index)),
            ColumnType.BigInt => (row, target) => target.BigInt(row.Integer(index)),
            ColumnType.Double => (row, target) => target.Double(row.Number(index)),
            ColumnType.Date => (row, target) => target.Date(DateOnly.FromDateTime(row.Local(index)!.Value)),
            ColumnType.Timestamp => (row, target) => target.Timestamp(row.Local(index)!.Value),
            ColumnType.TimestampTz => (row, target) => target.Instant(row.Instant(index)!.Value),
            ColumnType.Uuid => (row, target) => target.Uuid(Guid.Parse(row.Text(index)!)),
            _ => (row, target) => target.Text(row.Text(index)!),
        };
    }
}

/// <summary>What takes rows into a table, cell by cell in the order of its columns.</summary>
internal interface IRowWriter
{
    void StartRow();

    void EndRow();

    void Text(string value);

    void Boolean(bool value);

    void Integer(int value);

    void BigInt(long value);

    void Double(double value);

    void Date(DateOnly value);

    void Timestamp(DateTime value);

    void Instant(DateTimeOffset value);

    void Uuid(Guid value);
}
