using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Extract;

/// <summary>Streams the rows of a run from the warehouse into parts, checks them on the way, and freezes the run when
/// they are complete.</summary>
internal static class ExtractStep
{
    private const int RowsAtOnce = 4096;

    public static async Task<StepOutcome> RunAsync(StepContext context, CancellationToken cancel)
    {
        var standing = await context.Run.TryReadRunAsync(cancel);
        if (standing is not null)
        {
            StandingRun.Demand(context, standing);
        }

        var plan = await RunPlan.MakeAsync(context, standing?.Model, cancel);
        if (standing is not null)
        {
            StandingRun.Demand(standing, plan.DefinitionHash);
        }

        return await Patience.WaitAsync(context, plan.Deadline, () => ReadAsync(context, plan, cancel), cancel);
    }

    /// <summary>Once through the rows; 76 where there are so few that some are not there yet.</summary>
    private static async Task<StepOutcome> ReadAsync(StepContext context, RunPlan plan, CancellationToken cancel)
    {
        await using var warehouse = Warehouse.Open(
            context.Get(CommonSettings.Warehouse)!,
            new WarehouseOptions
            {
                ApplicationName = context.Title,
                StatementTimeout = context.Get(ExtractSettings.StatementTimeout) is { Ticks: > 0 } timeout
                    ? timeout
                    : null,
                Warn = context.Warn,
            }
        );
        var columns = await RowColumns.FindAsync(plan, warehouse, cancel);
        await context.Run.Store.DemandWritableAsync(cancel);
        var checks = new RowChecks(plan, columns);
        var query = plan.Query;
        context.Progress.Start($"Reading {warehouse.Uri}", plan.Limit);
        using var rows = await warehouse.OpenRowsAsync(
            new RowsRequest
            {
                Query = query,
                Columns = columns,
                OrderBy = OrderOf(plan.Definition.Rows),
                Sample = plan.Limit,
            },
            cancel
        );
        await using var parts = new DatasetParts(context, rows.Header, ExtractSettings.PartBytesOf(context, plan));

        // Reading rows blocks a thread, so it is one of the pool's.
        await Task.Run(() => StreamAsync(context, rows, checks, parts, cancel), cancel);
        if (plan.Shape.Purpose == StepName.Train)
        {
            TrainingChecks.Demand(plan, checks);
        }
        else if (
            plan.Shape.ReadsLabel
            && checks.Rows > 0
            && plan.Definition is { Label: { } label, Model.Task.LearnsLabels: true }
        )
        {
            TrainingChecks.DemandLabels(plan, label, checks);
        }

        var volume = Volume.Of(plan, checks.Rows);
        if (volume is not null)
        {
            Volume.Demand(context, plan, volume);
        }

        var dataset = new DatasetInfo { Columns = columns, Parts = await parts.CompleteAsync(cancel) };
        context.Freeze(await FrozenRun.WriteAsync(plan, context.Run, context.Changes, cancel));
        parts.Keep();
        return new StepOutcome(
            checks.Rows == 0 ? ExitCode.NothingToDo : ExitCode.Done,
            Sentence(plan, dataset, warehouse.Uri)
        )
        {
            Inputs =
            [
                new ManifestInput(warehouse.Uri, Hashes.Of(Encoding.UTF8.GetBytes(query.Sql))),
                .. ModelInput(context, plan),
            ],
            Dataset = dataset,
            Details = Details(plan, checks, volume),
        };
    }

    private static async Task StreamAsync(
        StepContext context,
        RowStream rows,
        RowChecks checks,
        DatasetParts parts,
        CancellationToken cancel
    )
    {
        var (counted, bytes) = (0, 0L);
        while (rows.Read())
        {
            checks.Take(rows);
            if (parts.MustOpen)
            {
                await parts.OpenAsync(cancel);
            }

            parts.Write(rows.Record);
            bytes += rows.Record.Length;
            if (++counted == RowsAtOnce)
            {
                cancel.ThrowIfCancellationRequested();
                Count();
            }

            if (parts.MustClose)
            {
                await parts.CloseAsync(cancel);
            }
        }

        Count();

        void Count()
        {
            context.Progress.AddRows(counted);
            context.Progress.AddBytesIn(bytes);
            (counted, bytes) = (0, 0);
        }
    }

    private static string[] OrderOf(RowsSpec rows) => rows.Cutoff is { } cutoff ? [cutoff, .. rows.Key] : [.. rows.Key];

    private static ManifestInput[] ModelInput(StepContext context, RunPlan plan) =>
        plan.Model is { } model
            ?
            [
                new ManifestInput(
                    context.Run.Store.UriOf(
                        $"{new Package(context.Run.Store, context.Run.Pipeline, model.Version).Root}/{Package.CardFile}"
                    ),
                    model.CardSha256
                ),
            ]
            : [];

    private static string Sentence(RunPlan plan, DatasetInfo dataset, string warehouse)
    {
        var span = plan.Window is { } window
            ? $" with {RowChecks.Text(window.From)} < cutoff <= {RowChecks.Text(window.To)}"
            : "";
        var model = plan.Model is { } served ? $", for model {served.Version}" : "";
        return dataset.Rows == 0
            ? $"There is nothing to {plan.Shape.Verb}: {warehouse} has no rows{span}."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Extracted {dataset.Rows:N0} rows of {dataset.Columns.Count} columns{span}{model}: "
                    + $"{dataset.Parts.Count} part{(dataset.Parts.Count == 1 ? "" : "s")}, {dataset.Bytes / 1e6:0.0} "
                    + $"MB."
            );
    }

    private static JsonObject Details(RunPlan plan, RowChecks checks, RowsTold? volume)
    {
        var details = new JsonObject
        {
            ["window"] = JsonSerializer.SerializeToNode(plan.Window, Json.Options),
            ["first_cutoff"] = JsonSerializer.SerializeToNode(checks.FirstCutoff, Json.Options),
            ["last_cutoff"] = JsonSerializer.SerializeToNode(checks.LastCutoff, Json.Options),
        };
        if (plan.Shape.ReadsLabel)
        {
            if (plan.Definition.Label is not null)
            {
                details["null_labels"] = checks.NullLabels;
                details["null_labels_in_holdout"] = checks.NullLabelsInHoldout;
            }

            details["rows_by_part"] = new JsonObject(
                checks.RowsByPart.Select(part => KeyValuePair.Create(EnumText.Of(part.Key), (JsonNode?)part.Value))
            );
        }

        volume?.AddTo(details);
        return details;
    }
}
