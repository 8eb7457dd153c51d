using Npgsql;
using NpgsqlTypes;

namespace Trainyard.Warehouses.Postgres;

/// <summary>Rows into a binary COPY.</summary>
internal sealed class BinaryRows(NpgsqlBinaryImporter copy) : IRowWriter
{
    public void StartRow() => copy.StartRow();

    public void EndRow() { }

    public void Complete() => copy.Complete();

    public void Null() => copy.WriteNull();

    public void Text(string value) => copy.Write(value, NpgsqlDbType.Text);

    public void Boolean(bool value) => copy.Write(value, NpgsqlDbType.Boolean);

    public void Integer(int value) => copy.Write(value, NpgsqlDbType.Integer);

    public void BigInt(long value) => copy.Write(value, NpgsqlDbType.Bigint);

    public void Double(double value) => copy.Write(value, NpgsqlDbType.Double);

    public void Date(DateOnly value) => copy.Write(value, NpgsqlDbType.Date);

    public void Timestamp(DateTime value) => copy.Write(value, NpgsqlDbType.Timestamp);

    public void Instant(DateTimeOffset value) => copy.Write(value.UtcDateTime, NpgsqlDbType.TimestampTz);

    public void Uuid(Guid value) => copy.Write(value, NpgsqlDbType.Uuid);

    /// <summary>Ends the COPY; one that is not complete writes nothing.</summary>
    public void Dispose()
    {
        try
        {
            copy.Dispose();
        }
        catch (NpgsqlException)
        {
            // The transaction is rolled back either way.
        }
    }
}
