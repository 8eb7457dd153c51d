using System.Text;

namespace Trainyard.Pipelines;

/// <summary>The one place that says how a pipeline's table of predictions can be called, and the columns of its
/// key.</summary>
public static class PredictionNames
{
    /// <summary>PostgreSQL cuts names after 63 bytes, and the views' names are longer than the table's.</summary>
    private const int LongestTable = LongestName - 8;

    private const int LongestName = 63;

    /// <summary>The column of what really happened.</summary>
    public const string Actual = "actual";

    /// <summary>What the schema trainyard holds anyway.</summary>
    private static readonly string[] OwnTables =
    [
        "input_moves",
        "later_migrations",
        "lineage",
        "live_metrics",
        "measured_runs",
        "measured_tables",
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

    /// <summary>The table that a pipeline publishes in.</summary>
    public static string TableOf(PredictionsSpec predictions, string pipeline) =>
        predictions.Table ?? $"{pipeline}_predictions";

    /// <summary>The answers as a part of the predictions has them.</summary>
    public static IEnumerable<Column> PartColumns(IEnumerable<TaskColumn> answers, IReadOnlyList<string> key) =>
        answers.Select(answer => new Column(NameIn(answer, key), answer.Type, answer.Nullable));

    /// <summary>The name under which an answer is published. One that a column of the key has was free when the answer
    /// had its former name, and stays the key's: the answer goes on under the former one alone.</summary>
    public static string NameIn(TaskColumn answer, IEnumerable<string> key) =>
        answer.FormerName is { } former && key.Contains(answer.Name, StringComparer.OrdinalIgnoreCase)
            ? former
            : answer.Name;

    /// <summary>Why a table cannot be called so; null where it can.</summary>
    public static string? TableProblem(string table) =>
        OwnTables.Contains(table, StringComparer.OrdinalIgnoreCase)
            ? $"the table '{table}' is one of Trainyard's own ({string.Join(", ", OwnTables)}); name another"
        : table.Length == 0 || Encoding.UTF8.GetByteCount(table) > LongestTable
            ? $"the table '{table}' needs a name of 1 to {LongestTable} bytes; name another"
        : null;

    /// <summary>Why a column of the key cannot be called so; null where it can.</summary>
    /// <param name="answers">The columns in which models answer.</param>
    public static string? KeyProblem(string column, IEnumerable<TaskColumn> answers)
    {
        if (column.Length == 0)
        {
            return "a column of the key has no name; write one";
        }

        string[] own =
        [
            Pipeline.Name,
            .. RowColumns.Select(each => each.Name),
            .. answers.Select(each => each.FormerName ?? each.Name),
        ];
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

    /// <summary>The columns that a table beside that of predictions has, whatever the key.</summary>
    /// <param name="own">Those that it alone has.</param>
    public static IReadOnlyCollection<string> SideColumns(IEnumerable<Column> own) =>
        [Pipeline.Name, "cutoff", "run", .. own.Select(column => column.Name)];

    /// <summary>Why there cannot be a table beside that of predictions; null where there can.</summary>
    /// <param name="table">The table of predictions.</param>
    /// <param name="side">The table beside it.</param>
    /// <param name="columns">Its columns beside those of the key.</param>
    public static string? SideProblem(
        string table,
        string side,
        IEnumerable<string> key,
        IReadOnlyCollection<string> columns
    ) =>
        Encoding.UTF8.GetByteCount(side) > LongestTable
            ? $"the table '{table}' has a table '{side}' beside it, whose name can have {LongestTable} bytes; name a "
                + "shorter predictions.table"
        : key.FirstOrDefault(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase)) is { } taken
            ? $"the key column '{taken}' has the name of a column of the table '{side}' "
                + $"({string.Join(", ", columns)}); rename it in the query"
        : null;

    /// <summary>The table of the labels that have arrived.</summary>
    public static string ActualsOf(string table) => $"{table}_actuals";

    /// <summary>The view of predictions beside what really happened.</summary>
    public static string OutcomesOf(string table) => $"{table}_outcomes";

    /// <summary>The type in which labels are kept: numbers that are not whole as they are measured.</summary>
    public static ColumnType ActualType(ColumnType label) =>
        label is ColumnType.Real or ColumnType.Numeric ? ColumnType.Double : label;

    /// <summary>Why predictions cannot be held against their labels; null where they can.</summary>
    /// <param name="table">The table of predictions.</param>
    public static string? ActualsProblem(string table, IEnumerable<string> key) =>
        Encoding.UTF8.GetByteCount(OutcomesOf(table)) > LongestName
            ? $"the table '{table}' has a view '{OutcomesOf(table)}' beside it, whose name can have {LongestName} "
                + "bytes; name a shorter predictions.table"
        : key.FirstOrDefault(column => column.Equals(Actual, StringComparison.OrdinalIgnoreCase)) is { } taken
            ? $"the key column '{taken}' has the name of the column of what really happened in the table "
                + $"'{ActualsOf(table)}'; rename it in the query"
        : null;
}
