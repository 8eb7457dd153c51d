using Trainyard.Learning.Data;
using Trainyard.Pipelines;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Score;

/// <summary>The columns of the features dataset that are read, and those of the predictions that are written.</summary>
internal sealed class PredictionColumns
{
    public PredictionColumns(RunFile run, DatasetInfo features)
    {
        Features = features;
        Layout = FrameLayout.Of(run.Definition, features.Columns);
        var key = run
            .Definition.Rows.Key.Select(name =>
                features.Columns.FirstOrDefault(column => column.Name == name)
                ?? throw Fault.BadData(
                    $"The features have no key column '{name}'. Start a new run. Nothing was published."
                )
            )
            .Select(column => column with { Nullable = false })
            .ToList();
        Table = new PredictionsTable(
            PredictionNames.TableOf(run.Operations.Predictions, run.Pipeline),
            run.Pipeline,
            run.Definition.Model.Task,
            key,
            run.Definition.Model.Task.AnswersOf(run.Definition.Model)
        );
        Reasons = run.Operations.Predictions.Reasons is null
            ? null
            : new SideTable(Table, ReasonColumns.Stem, ReasonColumns.Own) { IsForReadersOfPredictions = false };
        ReasonParts = ReasonColumns.Of(key);
        Columns =
        [
            .. key,
            new Column("cutoff", ColumnType.TimestampTz, Nullable: false),
            new Column("predicted_at", ColumnType.TimestampTz, Nullable: false),
            new Column("hindsight", ColumnType.Boolean, Nullable: false),
            .. Table.TaskColumns,
        ];
        Sides =
        [
            .. run
                .Definition.Model.Task.SideTables.Index()
                .Select(side => new SideColumns(
                    side.Index,
                    side.Item.Suffix,
                    new SideTable(Table, side.Item.Suffix, side.Item.Columns),
                    [.. key, new Column("cutoff", ColumnType.TimestampTz, Nullable: false), .. side.Item.Columns],
                    side.Item.MostOf(run.Operations.Predictions)
                ))
                .Where(side => side.Most > 0),
        ];
    }

    public DatasetInfo Features { get; }

    public FrameLayout Layout { get; }

    public PredictionsTable Table { get; }

    /// <summary>The tables beside it in which the task answers, as far as the run asks for them.</summary>
    public IReadOnlyList<SideColumns> Sides { get; }

    /// <summary>The table of reasons; null where none are asked for. It shows what rows have in the columns of the
    /// query, which not all who read predictions may see.</summary>
    public SideTable? Reasons { get; }

    /// <summary>The columns of the parts with reasons.</summary>
    public IReadOnlyList<Column> ReasonParts { get; }

    public string QualifiedTable => $"{PredictionsTable.Schema}.{Table.Name}";

    /// <summary>The key, cutoff, predicted_at, hindsight, and the columns in which the task answers.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Whether these are the same columns, be it under the names that they had in 1.0.</summary>
    public bool Are(IReadOnlyList<Column> columns) => Columns.SequenceEqual(columns.Select(Table.AsNamedNow));
}
