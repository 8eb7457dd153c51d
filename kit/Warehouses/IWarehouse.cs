using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>The database that rows come from and predictions go to.</summary>
public interface IWarehouse : IAsyncDisposable
{
    /// <summary>Where it is, as the user gave it, without secrets.</summary>
    string Uri { get; }

    /// <summary>
    /// The columns of a query, which is not run. A mistake in it is 78, with the database's own words and the line;
    /// so is a
    /// type that a dataset cannot carry, with the cast that mends it. Every column is nullable: a query promises
    /// nothing else.
    /// </summary>
    /// <param name="sql">The query.</param>
    /// <param name="file">The file it comes from, for messages.</param>
    /// <param name="cancel">Interrupts the database.</param>
    Task<IReadOnlyList<Column>> DescribeAsync(string sql, string file, CancellationToken cancel);

    /// <summary>Runs a query and streams its rows, in constant memory. The token interrupts the query for as long as
    /// the stream lives.</summary>
    Task<RowStream> OpenRowsAsync(RowsRequest request, CancellationToken cancel);

    /// <summary>
    /// Writes a run's predictions in one transaction that replaces what the same run had published. Repeated, killed or
    /// done twice at once, it leaves the table as it was or as it should be.
    /// </summary>
    Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel);

    /// <summary>
    /// Writes the labels that a measure run has read, and what it has measured, in one transaction. Repeated, killed or
    /// done twice at once, it leaves the same; so it does in whatever order runs come.
    /// </summary>
    Task<MeasureOutcome> MeasureAsync(MeasureRequest request, CancellationToken cancel);

    /// <summary>Writes down how a run ended, in one transaction. Repeated, it leaves the same rows.</summary>
    Task RecordAsync(RunRecord record, CancellationToken cancel);

    /// <summary>Deletes a pipeline's rows whose cutoffs lie before an instant: predictions and what stands beside them,
    /// labels and figures.</summary>
    /// <param name="dryRun">Only looks.</param>
    /// <returns>What was, or would be, deleted; tables without such rows are left out.</returns>
    Task<IReadOnlyList<ExpiredRows>> ExpireAsync(
        string pipeline,
        DateTimeOffset before,
        bool dryRun,
        CancellationToken cancel
    );

    /// <summary>Brings the schema <c>trainyard</c> up to date, as publishing and recording do first of all.</summary>
    /// <param name="at">When; null only looks.</param>
    /// <param name="cancel">Interrupts the database.</param>
    /// <returns>What was, or would be, changed.</returns>
    Task<IReadOnlyList<Migration>> MigrateAsync(DateTimeOffset? at, CancellationToken cancel);

    /// <summary>Runs a small query for people, and returns its rows as text.</summary>
    Task<TextTable> QueryAsync(Query query, CancellationToken cancel);
}

/// <summary>A query, and the file it comes from, for messages.</summary>
public sealed record Query(string Sql, string File);

/// <summary>Rows as text, for people; null is the empty text.</summary>
public sealed record TextTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>What is streamed.</summary>
public sealed record RowsRequest
{
    public required Query Query { get; init; }

    /// <summary>The columns wanted, out of those that <see cref="IWarehouse.DescribeAsync"/> found.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>The columns rows are ordered by.</summary>
    public required IReadOnlyList<string> OrderBy { get; init; }

    /// <summary>Take only so many rows, spread evenly: those whose <see cref="OrderBy"/> columns have the smallest
    /// hashes. The same rows every time.</summary>
    public int? Sample { get; init; }
}
