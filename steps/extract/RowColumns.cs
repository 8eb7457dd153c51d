using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Extract;

/// <summary>The columns of a run's dataset: what its query returns, without the label where the run does not read
/// it.</summary>
internal static class RowColumns
{
    public static async Task<IReadOnlyList<Column>> FindAsync(
        RunPlan plan,
        IWarehouse warehouse,
        CancellationToken cancel
    )
    {
        var query = plan.Query;
        var columns = await warehouse.DescribeAsync(query.Sql, query.File, cancel);
        DemandCutoff(plan, columns);
        if (!plan.Shape.NeedsModel)
        {
            await plan.Folder.CheckColumnsAsync(warehouse.DescribeAsync, cancel);
        }

        DemandUsed(plan, columns);
        DemandTable(plan, columns);
        var rows = plan.Definition.Rows;
        return
        [
            .. columns
                .Where(column => plan.Shape.ReadsLabel || column.Name != plan.Definition.Label?.Column)
                .Select(column =>
                    column with
                    {
                        Nullable = column.Name != rows.Cutoff && !rows.Key.Contains(column.Name),
                    }
                ),
        ];
    }

    private static void DemandCutoff(RunPlan plan, IReadOnlyList<Column> columns)
    {
        if (
            plan.Definition.Rows.Cutoff is { } name
            && columns.FirstOrDefault(column => column.Name == name) is { } cutoff
            && cutoff.Type != ColumnType.TimestampTz
        )
        {
            var zone = plan.Definition.Clock.Zone;
            throw Fault.BadData(
                $"{plan.SqlFile}: the cutoff '{name}' is {cutoff.Type.SqlName()}, which is no instant. "
                    + cutoff.Type switch
                    {
                        ColumnType.Timestamp => $"Write {name} AT TIME ZONE '{zone}' AS {name}.",
                        ColumnType.Date => $"Write CAST({name} AS timestamp) AT TIME ZONE '{zone}' AS {name}.",
                        _ => "It must be a timestamptz.",
                    }
                    + " Nothing was changed."
            );
        }
    }

    /// <summary>A model goes on asking for the columns it has learned; expressions and C# features are checked where
    /// they are computed.</summary>
    private static void DemandUsed(RunPlan plan, IReadOnlyList<Column> columns)
    {
        var (rows, features) = (plan.Definition.Rows, plan.Definition.Features);
        var label = plan.Shape.ReadsLabel ? plan.Definition.Label?.Column : null;
        var names = columns.Select(column => column.Name).ToHashSet();
        var used = rows
            .Key.Append(rows.Cutoff)
            .Append(label)
            .Concat(features.Numbers)
            .Concat(features.Categories.Select(category => category.Column))
            .Concat(features.Text.Select(text => text.Column))
            .Concat(
                features.Derived.Values.SelectMany(derived =>
                    new[] { derived.Calendar, derived.Elapsed?.From, derived.Elapsed?.To }
                        .Concat(derived.Cross ?? [])
                        .Concat(derived.Hash ?? [])
                )
            );
        if (used.FirstOrDefault(column => column is not null && !names.Contains(column)) is { } missing)
        {
            throw Fault.BadData(
                $"{plan.SqlFile} returns no column '{missing}'.{Nearest.Hint(missing, names)} Nothing was changed."
            );
        }
    }

    /// <summary>Finds out now, not after hours, that the table of predictions could not have such a key.</summary>
    private static void DemandTable(RunPlan plan, IReadOnlyList<Column> columns) =>
        _ = new PredictionsTable(
            plan.Operations.Predictions.Table!,
            plan.Folder.Spec.Name,
            plan.Definition.Model.Task,
            [.. plan.Definition.Rows.Key.Select(name => columns.First(column => column.Name == name))],
            plan.Definition.Model.Task.AnswersOf(plan.Definition.Model)
        );
}
