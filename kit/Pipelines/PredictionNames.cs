using System.Text;

namespace Trainyard.Pipelines;

/// <summary>The one place that says how a pipeline's table of predictions can be called, and the columns of its
/// key.</summary>
public static class PredictionNames
{
    /// <summary>PostgreSQL cuts names after 63 bytes, and the views' names are longer than the table's.</summary>
    private const int LongestTable = 63 - 8;

    /// <summary>What the schema trainyard holds anyway.</summary>
    private static readonly string[] OwnTables =
    [
        "later_migrations",
        "lineage",
        "migrations",
        "models",
        "prediction_tables",
        "run_outcomes",
        "run_steps",
        "runs",
        "trainings",
    ];

    /// <summary>Columns that no table of PostgreSQL's can have, for every one has them.</summary>
    private static readonly string[] SystemColumns = ["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"];

    /// <summary>The columns beside the key that every table of predictions has.</summary>
    public static IReadOnlyList<Column> RowColumns { get; } =
    [
        new("cutoff", ColumnType.TimestampTz, false),
        new("predicted_at", ColumnType.TimestampTz, false),
        new("run", ColumnType.Text, false),
        new("model", ColumnType.Text, false),
        new("hindsight", ColumnType.Boolean, false),
    ];

    /// <summary>The first column of every table of predictions.</summary>
    public static Column Pipeline { get; } = new("pipeline", ColumnType.Text, false);

    /// <summary>Why a table cannot be called so; null where it can.</summary>
    public static string? TableProblem(string table) =>
        OwnTables.Contains(table, StringComparer.OrdinalIgnoreCase)
            ? $"the table '{table}' is one of Trainyard's own ({string.Join(", ", OwnTables)}); name another"
        : table.Length == 0 || Encoding.UTF8.GetByteCount(table) > LongestTable
            ? $"the table '{table}' needs a name of 1 to {LongestTable} bytes; name another"
        : null;

    /// <summary>Why a column of the key cannot be called so; null where it can.</summary>
    public static string? KeyProblem(string column, ModelTask task)
    {
        if (column.Length == 0)
        {
            return "a column of the key has no name; write one";
        }

        var own = RowColumns.Prepend(Pipeline).Concat(task.AnswerColumns).Select(each => each.Name).ToList();
        return own.Contains(column, StringComparer.OrdinalIgnoreCase)
                ? $"the key column '{column}' has the name of a column that every table of predictions has "
                    + $"({string.Join(", ", own)}); rename it in the query"
            : SystemColumns.Contains(column)
                ? $"the key column '{column}' has the name of a system column of PostgreSQL's "
                    + $"({string.Join(", ", SystemColumns)}); rename it in the query"
            : null;
    }

    /// <summary>Why a column of this type cannot be in a key; null where it can.</summary>
    public static string? KeyProblem(Column column) =>
        column.Type is ColumnType.Real or ColumnType.Double or ColumnType.Numeric or ColumnType.Interval
            ? $"the key column '{column.Name}' is {column.Type.SqlName()}, which identifies nothing for certain; cast "
                + "it to bigint or text in the query"
            : null;
}
