namespace Trainyard.Warehouses;

/// <summary>
/// The rows of a query, one after the other, as the CSV that PostgreSQL's COPY writes under UTC, ISO dates and
/// <c>extra_float_digits = 1</c>. Reading blocks: use it on a pool thread.
/// </summary>
public abstract class RowStream : IDisposable
{
    /// <summary>The names of the columns as the first line of a file, with its line feed.</summary>
    public abstract ReadOnlyMemory<byte> Header { get; }

    /// <summary>The bytes of the current row, with its line feed. Valid until the next <see cref="Read"/>.</summary>
    public abstract ReadOnlySpan<byte> Record { get; }

    /// <summary>Moves to the next row; false at the end. A query that fails half-way ends here with a fault, never with fewer rows.</summary>
    public abstract bool Read();

    /// <summary>A field of the current row as it stands in the record, quotes and all; empty where it is null.</summary>
    public abstract ReadOnlySpan<byte> Field(int column);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
