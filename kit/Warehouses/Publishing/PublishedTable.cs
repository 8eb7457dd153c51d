using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>A table of the schema <c>trainyard</c> that a score run fills with rows of its own, and the statements that
/// make it, in SQL that DuckDB and PostgreSQL share.</summary>
public abstract record PublishedTable
{
    private protected const string Beside = "beside ";

    /// <param name="key">The key's columns with the types they have in the rows.</param>
    private protected PublishedTable(string name, string pipeline, IReadOnlyList<Column> key) =>
        (Name, Pipeline, Key) = (name, pipeline, key);

    public string Name { get; }

    public string Pipeline { get; }

    public IReadOnlyList<Column> Key { get; }

    /// <summary>All columns of the table in its order.</summary>
    internal abstract IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>What tells the rows of one key, cutoff and run apart.</summary>
    internal abstract IReadOnlyList<string> Within { get; }

    /// <summary>What it holds, as it is remembered: the task of its predictions, or that it stands beside
    /// them.</summary>
    internal abstract string Holds { get; }

    /// <summary>The views over it; one may be over those before it.</summary>
    internal abstract IReadOnlyList<TableView> Views { get; }

    /// <summary>For a person.</summary>
    internal string Title => $"{PredictionsTable.Schema}.{Name}";

    internal string QualifiedName => Qualified(Name);

    /// <summary>The key as it is remembered, to notice a change.</summary>
    internal string KeyText =>
        string.Join(", ", Key.Select(column => $"{Identifier.Quote(column.Name)} {column.Type.SqlName()}"));

    /// <summary>Parts that an earlier version wrote call columns so.</summary>
    internal IReadOnlyDictionary<string, string> FormerNames =>
        Columns
            .Where(column => column is { FormerName: not null, Source: not null })
            .ToDictionary(column => column.FormerName!, column => column.Source!);

    /// <summary>The names of the key, quoted.</summary>
    private protected string KeyNames => Identifier.QuoteAll(Key.Select(column => column.Name));

    /// <summary>The statements that make the table and its views; a view may have outlived the table.</summary>
    internal virtual IEnumerable<string> Create(Dialect dialect)
    {
        var lines = Columns.Select(column => column.Definition(dialect)).Concat(Constraints(dialect));
        yield return $"CREATE TABLE {QualifiedName} (\n    {string.Join(",\n    ", lines)}\n)";
        if (dialect == Dialect.Postgres)
        {
            // Rows of a run, and of a span of cutoffs, lie together on disk: the coarsest of indexes finds them, at no
            // cost in writing.
            yield return $"CREATE INDEX ON {QualifiedName} USING brin (run, cutoff) WITH (autosummarize = on)";
        }

        string[] names = [.. Columns.Select(column => column.Name)];
        foreach (var view in Views)
        {
            yield return view.Create(names, dialect);
        }
    }

    /// <summary>What a table holds, for a person.</summary>
    internal static string Words(string holds) =>
        holds.StartsWith(Beside, StringComparison.Ordinal) ? $"rows {holds}" : $"predictions of the task {holds}";

    /// <summary>A column of this name, also where it was added by hand or by another version.</summary>
    internal TableColumn ColumnOf(string name) =>
        Columns.FirstOrDefault(column => column.Name == name)
        ?? new TableColumn(name, ColumnType.Text, Nullable: true) { Source = null };

    private protected static string Qualified(string name) => $"{PredictionsTable.Schema}.{Identifier.Quote(name)}";

    private protected static string Prefixed(string table, IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(column => $"{table}.{Identifier.Quote(column.Name)}"));

    /// <summary>
    /// In PostgreSQL the primary key is also the index of the views, so the key comes first; and a foreign key would
    /// look its
    /// run up for every row, which takes longer than all the rest. A script guards the runs there.
    /// </summary>
    private IEnumerable<string> Constraints(Dialect dialect)
    {
        var within = string.Concat(Within.Select(name => $", {Identifier.Quote(name)}"));
        if (dialect == Dialect.Postgres)
        {
            yield return $"PRIMARY KEY ({KeyNames}, cutoff, run{within})";
            yield break;
        }

        yield return $"PRIMARY KEY (run, {KeyNames}, cutoff{within})";
        yield return $"FOREIGN KEY (pipeline, run) REFERENCES {PredictionsTable.Schema}.runs (pipeline, run)";
        if (Columns.Any(column => column.Name == "model"))
        {
            yield return $"FOREIGN KEY (pipeline, model) REFERENCES {PredictionsTable.Schema}.models (pipeline, model)";
        }
    }
}

/// <summary>A view over a table that score fills.</summary>
/// <param name="Create">The statement that makes it, with these columns of the table.</param>
internal sealed record TableView(string Name, Func<IReadOnlyList<string>, Dialect, string> Create);
