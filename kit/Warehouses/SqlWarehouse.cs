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
            changesSchema: true,
            cancel
        );

    public Task<IReadOnlyList<Migration>> MigrateAsync(DateTimeOffset? at, CancellationToken cancel) =>
        at is { } now
            ? WriteAsync(statements => Migrations.Apply(statements, Uri, now), changesSchema: true, cancel)
            : ReadAsync(statements => Migrations.Pending(statements, Uri), cancel);

    public Task<IReadOnlyList<ExpiredRows>> ExpireAsync(
        string pipeline,
        DateTimeOffset before,
        bool dryRun,
        CancellationToken cancel
    ) =>
        dryRun
            ? ReadAsync(statements => Expiry.Count(statements, pipeline, before), cancel)
            : WriteAsync(statements => Expiry.Drop(statements, pipeline, before), changesSchema: false, cancel);

    /// <summary>Writes something in one transaction.</summary>
    /// <param name="changesSchema">Then nobody else does meanwhile, and it is to be small.</param>
    protected abstract Task<T> WriteAsync<T>(Func<IStatements, T> write, bool changesSchema, CancellationToken cancel);

    /// <summary>Looks something up in the schema.</summary>
    protected abstract Task<T> ReadAsync<T>(Func<IStatements, T> read, CancellationToken cancel);

    /// <summary>A field as it is in a record of CSV, as text.</summary>
    internal static string Unquote(ReadOnlySpan<byte> field) =>
        field switch
        {
            [(byte)'"', .. var inner, (byte)'"'] => Encoding.UTF8.GetString(inner).Replace("\"\"", "\""),
            _ => Encoding.UTF8.GetString(field),
        };
}
