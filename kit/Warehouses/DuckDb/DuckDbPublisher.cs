using System.Data.Common;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>
/// Publishes by appenders. DuckDB 1.5 checks keys at the end of a statement with the transaction's own deletions in
/// mind, so the run's old rows can be deleted and written again in it. There is no index for the views: DuckDB answers
/// them from whole columns and would only have the index to maintain.
/// </summary>
internal sealed class DuckDbPublisher(DuckDbSession session, string uri) : Publisher(session, uri)
{
    protected internal override Task<DbTransaction> BeginAsync(CancellationToken cancel) =>
        Task.FromResult<DbTransaction>(session.Connection.BeginTransaction());

    /// <summary>An appender fills the stored columns of a table in its order, also those that are not ours.</summary>
    protected override IReadOnlyList<TableColumn> ColumnsOf(PublishedTable table) =>
        [
            .. TableShape
                .ColumnsOf(session, table.Name)
                .Select(column => table.ColumnOf(column.Name))
                .Where(column => column.IsStored(session.Dialect)),
        ];

    protected override IRowWriter Open(string? schema, string table, IReadOnlyList<TableColumn> columns) =>
        new AppenderRows(session.Connection.CreateAppender(schema, table));

    protected internal override Task<T> RunAsync<T>(string what, Func<T> work, CancellationToken cancel) =>
        session.RunAsync(what, work, cancel);
}
