using System.Text;

namespace Trainyard.Warehouses;

/// <summary>What warehouses do alike: write down how runs end, and bring the schema up to date.</summary>
internal abstract class SqlWarehouse
{
    /// <summary>Where it is, without secrets.</summary>
    public abstract string Uri { get; }

    protected string SchemaName => $"the schema {PredictionsTable.Schema} of {Uri}";

    public Task RecordAsync(RunRecord record, CancellationToken cancel) =>
        WriteAsync(
            statements =>
            {
                Migrations.Apply(statements, Uri, record.At);
                RunRecords.Write(statements, record);
                return true;
            },
            cancel
        );

    public Task<IReadOnlyList<Migration>> MigrateAsync(DateTimeOffset? at, CancellationToken cancel) =>
        at is { } now ? WriteAsync(statements => Migrations.Apply(statements, Uri, now), cancel) : PendingAsync(cancel);

    /// <summary>Writes something small, in one transaction, while nobody else changes the schema.</summary>
    protected abstract Task<T> WriteAsync<T>(Func<IStatements, T> write, CancellationToken cancel);

    /// <summary>What the schema lacks.</summary>
    protected abstract Task<IReadOnlyList<Migration>> PendingAsync(CancellationToken cancel);

    /// <summary>A field as it is in a record of CSV, as text.</summary>
    internal static string Unquote(ReadOnlySpan<byte> field) =>
        field switch
        {
            [(byte)'"', .. var inner, (byte)'"'] => Encoding.UTF8.GetString(inner).Replace("\"\"", "\""),
            _ => Encoding.UTF8.GetString(field),
        };
}
