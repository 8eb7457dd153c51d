namespace Trainyard.Warehouses;

/// <summary>What takes rows into a table, cell by cell in the order of its columns. Disposed before it is complete, it
/// has written nothing that the transaction will keep.</summary>
internal interface IRowWriter : IDisposable
{
    void StartRow();

    void EndRow();

    void Complete();

    void Null();

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
