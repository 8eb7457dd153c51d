using System.Text;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>A pipeline's table of predictions in the schema <c>trainyard</c>, and the statements that make it, in SQL
/// that DuckDB and PostgreSQL share.</summary>
public sealed record PredictionsTable
{
    public const string Schema = "trainyard";

    /// <summary>PostgreSQL cuts names after 63 bytes, and the views' names are longer than the table's.</summary>
    private const int LongestName = 63 - 8;

    private static readonly string[] OwnNames =
    [
        "models",
        "runs",
        "run_steps",
        "prediction_tables",
        "migrations",
        "later_migrations",
        "run_outcomes",
        "trainings",
        "lineage",
    ];
    private static readonly Column[] RowColumns =
    [
        new("cutoff", ColumnType.TimestampTz, false),
        new("predicted_at", ColumnType.TimestampTz, false),
        new("run", ColumnType.Text, false),
        new("model", ColumnType.Text, false),
        new("hindsight", ColumnType.Boolean, false),
    ];

    /// <param name="key">The key's columns with the types they have in the rows.</param>
    public PredictionsTable(string name, string pipeline, ModelTask task, IReadOnlyList<Column> key)
    {
        (Name, Pipeline, Task, Key) = (name, pipeline, task, key);
        if (
            name.Length == 0
            || Encoding.UTF8.GetByteCount(name) > LongestName
            || OwnNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        )
        {
            throw Fault.BadConfiguration(
                $"predictions.table cannot be '{name}': expected a name of at most {LongestName} bytes other "
                    + $"than {string.Join(", ", OwnNames)}. Nothing was changed."
            );
        }

        foreach (var column in key)
        {
            if (column.Type is ColumnType.Real or ColumnType.Double or ColumnType.Numeric or ColumnType.Interval)
            {
                throw Fault.BadConfiguration(
                    $"The key column '{column.Name}' is {column.Type.SqlName()}, which identifies nothing "
                        + "reliably: cast it to bigint or text in the query. Nothing was changed."
                );
            }

            if (
                RowColumns
                    .Concat(TaskColumnsOf(task))
                    .Append(new("pipeline", ColumnType.Text, false))
                    .Any(own => own.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase))
            )
            {
                throw Fault.BadConfiguration(
                    $"The key column '{column.Name}' has the name of a column that every table of predictions "
                        + "has: rename it in the query. Nothing was changed."
                );
            }
        }
    }

    public string Name { get; }

    public string Pipeline { get; }

    public ModelTask Task { get; }

    public IReadOnlyList<Column> Key { get; }

    /// <summary>The columns in which a task answers.</summary>
    public IReadOnlyList<Column> TaskColumns => TaskColumnsOf(Task);

    /// <summary>All columns of the table in its order.</summary>
    internal IReadOnlyList<Column> Columns =>
        [new("pipeline", ColumnType.Text, false), .. Key, .. RowColumns, .. TaskColumns];

    internal string QualifiedName => $"{Schema}.{Identifier.Quote(Name)}";

    /// <summary>The key as it is remembered, to notice a change.</summary>
    internal string KeyText =>
        string.Join(", ", Key.Select(column => $"{Identifier.Quote(column.Name)} {column.Type.SqlName()}"));

    internal string TaskText => Task.ToString().ToLowerInvariant();

    /// <summary>The statements that make the table and its views; a view may have outlived the table.</summary>
    internal IEnumerable<string> Create(Dialect dialect)
    {
        var key = Identifier.QuoteAll(Key.Select(column => column.Name));
        yield return $"""
            CREATE TABLE {QualifiedName} (
                {string.Join(
                ",\n    ",
                Columns.Select(column => $"{Identifier.Quote(column.Name)} {column.Type.SqlName()} NOT NULL").Concat(
                    Constraints(dialect, key)
                )
            )}
            )
            """;
        if (dialect == Dialect.Postgres)
        {
            // A run's rows lie together on disk, so the coarsest of indexes finds them, at no cost in writing.
            yield return $"CREATE INDEX ON {QualifiedName} USING brin (run) WITH (autosummarize = on)";
        }

        // Two runs may predict the same; the one that was published last counts. Windows, for both databases push a
        // condition
        // on the key through them: DISTINCT ON sorts the whole table to answer for one key.
        var columns = Identifier.QuoteAll(Columns.Select(column => column.Name));
        yield return $"""
            CREATE OR REPLACE VIEW {Schema}.{Identifier.Quote(Name + "_current")} AS
            SELECT {columns} FROM (
                SELECT predictions.*, row_number() OVER (
                    PARTITION BY {Prefixed("predictions", Key)}, predictions.cutoff
                    ORDER BY runs.published_at DESC, predictions.run DESC) AS "#"
                FROM {QualifiedName} AS predictions
                JOIN {Schema}.runs AS runs ON runs.pipeline = predictions.pipeline AND runs.run = predictions.run
                WHERE NOT predictions.hindsight AND NOT runs.model_override
            ) AS published
            WHERE "#" = 1
            """;
        yield return $"""
            CREATE OR REPLACE VIEW {Schema}.{Identifier.Quote(Name + "_newest")} AS
            SELECT {columns} FROM (
                SELECT predictions.*, row_number() OVER (PARTITION BY {Prefixed(
                "predictions",
                Key
            )} ORDER BY predictions.cutoff DESC) AS "#"
                FROM {Schema}.{Identifier.Quote(Name + "_current")} AS predictions
            ) AS newest
            WHERE "#" = 1
            """;
    }

    /// <summary>
    /// In PostgreSQL the primary key is also the index of the views, so the key comes first; and a foreign key would
    /// look its
    /// run up for every row, which takes longer than all the rest. A script guards the runs there.
    /// </summary>
    private static string[] Constraints(Dialect dialect, string key) =>
        dialect == Dialect.Postgres
            ? [$"PRIMARY KEY ({key}, cutoff, run)"]
            :
            [
                $"PRIMARY KEY (run, {key}, cutoff)",
                $"FOREIGN KEY (pipeline, run) REFERENCES {Schema}.runs (pipeline, run)",
                $"FOREIGN KEY (pipeline, model) REFERENCES {Schema}.models (pipeline, model)",
            ];

    private static string Prefixed(string table, IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(column => $"{table}.{Identifier.Quote(column.Name)}"));

    private static Column[] TaskColumnsOf(ModelTask task) =>
        task switch
        {
            ModelTask.Binary => [new("probability", ColumnType.Double, false), new("label", ColumnType.Boolean, false)],
            ModelTask.Regression => [new("value", ColumnType.Double, false)],
            _ => throw new ArgumentOutOfRangeException(nameof(task), task, "No such task."),
        };
}
