using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>
/// A table beside that of predictions, with any number of rows for each: such as the probability of every class, or the
/// reasons. It is written in the transaction that publishes the predictions.
/// </summary>
public sealed record SideTable : PublishedTable
{
    private readonly IReadOnlyList<Column> _own;
    private readonly int _keyed;

    /// <param name="predictions">The table that it stands beside.</param>
    /// <param name="suffix">What its name ends in, such as <c>reasons</c>.</param>
    /// <param name="columns">Its own columns, after the key, the cutoff and the run. One that comes later stands at the
    /// end and is nullable.</param>
    /// <param name="keyed">How many of them, from the first, tell the rows of a prediction apart.</param>
    public SideTable(PredictionsTable predictions, string suffix, IReadOnlyList<Column> columns, int keyed = 1)
        : base($"{predictions.Name}_{suffix}", predictions.Pipeline, predictions.Key)
    {
        (Predictions, _own, _keyed) = (predictions, columns, keyed);
        var problem = PredictionNames.SideProblem(
            predictions.Name,
            Name,
            NamesOf(Key),
            PredictionNames.SideColumns(columns)
        );
        if (problem is not null)
        {
            throw Fault.BadConfiguration($"{char.ToUpperInvariant(problem[0])}{problem[1..]}. Nothing was changed.");
        }
    }

    public PredictionsTable Predictions { get; }

    /// <summary>Whether who may read the predictions when the table is made may read it too: not where it tells more
    /// than they do, such as what the rows have in their columns.</summary>
    public bool IsForReadersOfPredictions { get; init; } = true;

    internal override IReadOnlyList<TableColumn> Columns =>
        [
            TableColumn.Of(PredictionNames.Pipeline),
            .. Key.Select(TableColumn.Of),
            .. PredictionNames.RowColumns.Where(column => column.Name is "cutoff" or "run").Select(TableColumn.Of),
            .. _own.Select(TableColumn.Of),
        ];

    internal override IReadOnlyList<string> Within => [.. NamesOf(_own.Take(_keyed))];

    internal override string Holds => $"{Beside}{Predictions.Name}";

    /// <summary>The rows of the predictions that the view of those shows.</summary>
    internal override IReadOnlyList<TableView> Views =>
        [
            new(
                $"{Name}_current",
                (names, _) =>
                    $"""
                    CREATE OR REPLACE VIEW {Qualified($"{Name}_current")} AS
                    SELECT {string.Join(", ", names.Select(name => $"side.{Identifier.Quote(name)}"))}
                    FROM {Qualified(Predictions.Current)} AS predictions
                    JOIN {QualifiedName} AS side ON side.pipeline = predictions.pipeline AND side.run = predictions.run
                        AND side.cutoff = predictions.cutoff AND {string.Join(
                        " AND ",
                        NamesOf(Key).Select(Identifier.Quote).Select(name => $"side.{name} = predictions.{name}")
                    )}
                    """
            ),
        ];

    internal override IEnumerable<string> Create(Dialect dialect) =>
        [.. base.Create(dialect), .. dialect == Dialect.Postgres ? Rights() : []];

    private string[] Rights()
    {
        var view = Qualified($"{Name}_current");
        return IsForReadersOfPredictions
            ?
            [
                TableRights.Share(Predictions.QualifiedName, QualifiedName),
                TableRights.Share(Qualified(Predictions.Current), view),
            ]
            : [TableRights.TakeBack(QualifiedName), TableRights.TakeBack(view)];
    }

    private static IEnumerable<string> NamesOf(IEnumerable<Column> columns) => columns.Select(column => column.Name);
}
