using System.Text;
using DuckDB.NET.Data;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>Rows into an appender.</summary>
internal sealed class AppenderRows(DuckDBAppender appender) : IRowWriter
{
    private IDuckDBAppenderRow _row = null!;

    public void StartRow() => _row = appender.CreateRow();

    public void EndRow() => _row.EndRow();

    public void Complete() => appender.Close();

    public void Null() => _row.AppendNullValue();

    /// <remarks>As bytes, for of a string the driver writes what comes before a NUL.</remarks>
    public void Text(string value) => _row.AppendValue(Encoding.UTF8.GetBytes(value));

    public void Boolean(bool value) => _row.AppendValue(value);

    public void Integer(int value) => _row.AppendValue(value);

    public void BigInt(long value) => _row.AppendValue(value);

    public void Double(double value) => _row.AppendValue(value);

    public void Date(DateOnly value) => _row.AppendValue(value);

    public void Timestamp(DateTime value) => _row.AppendValue(value);

    public void Instant(DateTimeOffset value) => _row.AppendValue(value);

    public void Uuid(Guid value) => _row.AppendValue(value);

    /// <summary>An appender that is given up still tries to write its last rows; what it says to that no longer
    /// matters.</summary>
    public void Dispose()
    {
        try
        {
            appender.Dispose();
        }
        catch (DuckDBException)
        {
            // The transaction is rolled back either way.
        }
    }
}
