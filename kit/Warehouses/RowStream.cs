using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>
/// The rows of a query, one after the other, as the CSV that PostgreSQL's COPY writes under UTC, ISO dates and
/// <c>extra_float_digits = 1</c>. Reading blocks: use it on a pool thread.
/// </summary>
public abstract class RowStream(IReadOnlyList<Column> columns, string file) : IDisposable
{
    /// <summary>The names of the columns as the first line of a file, with its line feed.</summary>
    public ReadOnlyMemory<byte> Header { get; } = HeaderOf(columns);

    /// <summary>The bytes of the current row, with its line feed. Valid until the next <see cref="Read"/>.</summary>
    public abstract ReadOnlySpan<byte> Record { get; }

    /// <summary>Moves to the next row; false at the end. A query that fails half-way ends here with a fault, never
    /// with fewer rows.</summary>
    public abstract bool Read();

    /// <summary>A field of the current row as it stands in the record, quotes and all; empty where it is
    /// null.</summary>
    public abstract ReadOnlySpan<byte> Field(int column);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary>The fault for a moment that a dataset cannot carry.</summary>
    protected Fault Unreadable(Column column) =>
        Fault.BadData(
            $"{file}: column '{column.Name}' holds a {column.Type.SqlName()} that is infinite or in no year "
                + "from 1 to 9999, which no later step can read. Make it null in the query, or leave such rows out. "
                + "Nothing was changed."
        );

    private static byte[] HeaderOf(IReadOnlyList<Column> columns)
    {
        var header = new CopyText();
        foreach (var (at, column) in columns.Index())
        {
            header.Text(Encoding.UTF8.GetBytes(column.Name), columns.Count == 1);
            header.Byte(at == columns.Count - 1 ? (byte)'\n' : (byte)',');
        }

        return header.Bytes.ToArray();
    }
}
