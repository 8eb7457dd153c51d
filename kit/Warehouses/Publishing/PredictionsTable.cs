using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>A pipeline's table of predictions in the schema <c>trainyard</c>, and the statements that make it, in SQL
/// that DuckDB and PostgreSQL share.</summary>
public sealed record PredictionsTable
{
    public const string Schema = "trainyard";

    /// <param name="key">The key's columns with the types they have in the rows.</param>
    public PredictionsTable(string name, string pipeline, ModelTask task, IReadOnlyList<Column> key)
    {
        (Name, Pipeline, Task, Key) = (name, pipeline, task, key);
        var problem =
            PredictionNames.TableProblem(name)
            ?? key.Select(column => PredictionNames.KeyProblem(column) ?? PredictionNames.KeyProblem(column.Name, task))
                .FirstOrDefault(found => found is not null);
        if (problem is not null)
        {
            throw Fault.BadConfiguration($"{char.ToUpperInvariant(problem[0])}{problem[1..]}. Nothing was changed.");
        }
    }

    public string Name { get; }

    public string Pipeline { get; }

    public ModelTask Task { get; }

    public IReadOnlyList<Column> Key { get; }

    /// <summary>The columns in which a task answers.</summary>
    public IReadOnlyList<Column> TaskColumns => Task.AnswerColumns;

    /// <summary>All columns of the table in its order.</summary>
    internal IReadOnlyList<Column> Columns =>
        [PredictionNames.Pipeline, .. Key, .. PredictionNames.RowColumns, .. TaskColumns];

    internal string QualifiedName => $"{Schema}.{Identifier.Quote(Name)}";

    /// <summary>The key as it is remembered, to notice a change.</summary>
    internal string KeyText =>
        string.Join(", ", Key.Select(column => $"{Identifier.Quote(column.Name)} {column.Type.SqlName()}"));

    internal string TaskText => Task.Name;

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
        var place = Identifier.Quote(Place);
        yield return $"""
            CREATE OR REPLACE VIEW {Schema}.{Identifier.Quote(Name + "_current")} AS
            SELECT {columns} FROM (
                SELECT predictions.*, row_number() OVER (
                    PARTITION BY {Prefixed("predictions", Key)}, predictions.cutoff
                    ORDER BY runs.published_at DESC, predictions.run DESC) AS {place}
                FROM {QualifiedName} AS predictions
                JOIN {Schema}.runs AS runs ON runs.pipeline = predictions.pipeline AND runs.run = predictions.run
                WHERE NOT predictions.hindsight AND NOT runs.model_override
            ) AS published
            WHERE {place} = 1
            """;
        yield return $"""
            CREATE OR REPLACE VIEW {Schema}.{Identifier.Quote(Name + "_newest")} AS
            SELECT {columns} FROM (
                SELECT predictions.*, row_number() OVER (PARTITION BY {Prefixed(
                "predictions",
                Key
            )} ORDER BY predictions.cutoff DESC) AS {place}
                FROM {Schema}.{Identifier.Quote(Name + "_current")} AS predictions
            ) AS newest
            WHERE {place} = 1
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

    /// <summary>A name that no column has, for a row's place among those of its key.</summary>
    private string Place =>
        Enumerable
            .Range(1, Key.Count + 1)
            .Select(length => new string('#', length))
            .First(name => Key.All(column => column.Name != name));

    private static string Prefixed(string table, IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(column => $"{table}.{Identifier.Quote(column.Name)}"));
}
