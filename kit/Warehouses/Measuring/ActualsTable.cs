using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>The labels that have arrived, a row a key and cutoff, beside a table of predictions; and the view that
/// shows what really happened beside what was predicted. No row tells the run that read it, so that a label that
/// stays as it is is never written again.</summary>
public sealed record ActualsTable
{
    private readonly string _label;
    private readonly string _cutoff;

    /// <param name="label">The label's column in the rows.</param>
    /// <param name="cutoff">The name of the cutoff's column in the rows.</param>
    public ActualsTable(PredictionsTable predictions, Column label, string cutoff)
    {
        (Predictions, _label, _cutoff) = (predictions, label.Name, cutoff);
        LabelType = PredictionNames.ActualType(label.Type);
        if (PredictionNames.ActualsProblem(predictions.Name, predictions.Key.Select(key => key.Name)) is { } problem)
        {
            throw Fault.BadConfiguration($"{char.ToUpperInvariant(problem[0])}{problem[1..]}. Nothing was changed.");
        }
    }

    public PredictionsTable Predictions { get; }

    public string Name => PredictionNames.ActualsOf(Predictions.Name);

    public string View => PredictionNames.OutcomesOf(Predictions.Name);

    internal ColumnType LabelType { get; }

    /// <summary>For a person.</summary>
    internal string Title => $"{PredictionsTable.Schema}.{Name}";

    internal string QualifiedName => $"{PredictionsTable.Schema}.{Identifier.Quote(Name)}";

    private string QualifiedView => $"{PredictionsTable.Schema}.{Identifier.Quote(View)}";

    internal static string Actual => Identifier.Quote(PredictionNames.Actual);

    /// <summary>What a row is known by, quoted.</summary>
    internal IReadOnlyList<string> Identity =>
        ["cutoff", .. Predictions.Key.Select(column => Identifier.Quote(column.Name))];

    /// <summary>What the rows of a run fill before they are merged into the table.</summary>
    internal IReadOnlyList<TableColumn> Columns =>
        [
            new TableColumn("cutoff", ColumnType.TimestampTz) { Source = _cutoff },
            .. Predictions.Key.Select(TableColumn.Of),
            new TableColumn(PredictionNames.Actual, LabelType, Nullable: true) { Source = _label },
        ];

    /// <summary>The cutoff comes first, for a run reads and changes a span of them.</summary>
    internal IEnumerable<string> Create(Dialect dialect) =>
        [
            $"CREATE TABLE {QualifiedName} ({Definitions(dialect)}, PRIMARY KEY ({string.Join(", ", Identity)}))",
            .. ForNobody(dialect, QualifiedName),
        ];

    internal string Definitions(Dialect dialect) =>
        string.Join(", ", Columns.Select(column => column.Definition(dialect)));

    /// <summary>The view, where there is none yet.</summary>
    internal IEnumerable<string> CreateView(Dialect dialect, IEnumerable<string> shown) =>
        [CreateView(shown), .. ForNobody(dialect, QualifiedView)];

    /// <summary>Columns that the predictions get later stand at its end, where PostgreSQL allows them.</summary>
    /// <param name="shown">The columns of the predictions that are current.</param>
    internal string CreateView(IEnumerable<string> shown)
    {
        var matching = Identity.Select(name => $"actuals.{name} = predictions.{name}");
        return $"""
            CREATE OR REPLACE VIEW {QualifiedView} AS
            SELECT actuals.{Actual}, {string.Join(", ", shown.Select(name => $"predictions.{Identifier.Quote(name)}"))}
            FROM {PredictionsTable.Schema}.{Identifier.Quote(Predictions.Current)} AS predictions
            LEFT JOIN {QualifiedName} AS actuals ON {string.Join(" AND ", matching)}
            """;
    }

    /// <summary>Labels are shown to whom somebody lets see them, and not by default.</summary>
    private static string[] ForNobody(Dialect dialect, string table) =>
        dialect == Dialect.Postgres ? [TableRights.TakeBack(table)] : [];
}
