using System.Globalization;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary><c>trainyard gc</c>: drops what the retention lets go, and says what that was.</summary>
internal static class GcCommand
{
    private static readonly Setting<bool> DryRun = Setting.Flag("--dry-run", "Say what would go, and drop nothing.");

    private static readonly Setting<Span> Retention = new(
        "--retention",
        "How long runs are kept after the last thing written in them. Without it as the pipeline's spec says.",
        "\"90 days\"",
        null,
        text =>
            Span.TryParse(text, out var span)
                ? span
                : throw new FormatException("a number and hours, days, weeks or months is expected")
    );

    private static readonly Setting<TimeSpan> Stale = Setting.Duration(
        "--stale",
        "Leave alone what is unfinished and younger: it may be at work.",
        "24h",
        "24h"
    );

    private static readonly Setting<string> Warehouse = CommonSettings.WarehouseBut(
        "The database to ask which models have predictions, and whose rows go that retention.warehouse does not keep; "
            + "without it every model and row is kept.",
        null
    );

    public static Command Create() =>
        new()
        {
            Name = "gc",
            Summary =
                "Drops runs and rows older than the retention, models nobody needs, and what killed steps have left. "
                + "Never a model that is or was champion within the retention or has predictions, nor the "
                + "manifests of its training.",
            Arguments = [CliSettings.Pipeline],
            Settings =
            [
                CliSettings.Store,
                DryRun,
                Retention,
                Stale,
                Warehouse,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
            Examples =
            [
                "trainyard gc pipelines/flights --dry-run",
                "trainyard gc flights --retention \"90 days\" --warehouse duckdb:warehouse.duckdb",
            ],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (store, pipeline, now) = (invocation.OpenStore(), invocation.PipelineName(), invocation.Time.GetUtcNow());
        var spec = SpecOf(invocation);
        var search = new GarbageSearch(
            store,
            pipeline,
            Before(invocation, spec, now),
            now - invocation.Settings.Require(Stale)
        );
        var garbage = await search.RunAsync(invocation.Get(Warehouse), cancel);
        var dryRun = invocation.Get(DryRun);
        if (!dryRun)
        {
            await DropAsync(invocation, store, search, garbage, cancel);
        }

        garbage = garbage with { Rows = await ExpireAsync(invocation, spec, pipeline, now, dryRun, cancel) };

        await invocation.Output.WriteLineAsync(
            invocation.WantsJson() ? garbage.ToJson(dryRun).ToJsonString(Json.Compact) : Text(garbage, store, dryRun)
        );
        return ExitCode.Done;
    }

    /// <summary>The beginning of the retention: the spec's, by the pipeline's clock, or the one given.</summary>
    private static DateTimeOffset Before(Invocation invocation, Spec? spec, DateTimeOffset now)
    {
        if (!invocation.Settings.TryGet(Retention, out var span))
        {
            span = (
                spec
                ?? throw Fault.Usage(
                    $"'{invocation.Argument(CliSettings.PipelineArgument)}' is no pipeline's folder, so its retention "
                        + "is not known: give the folder, or --retention. Nothing was changed."
                )
            )
                .Retention
                .Runs;
        }

        return (spec?.Clock ?? new Clock()).Subtract(now, span);
    }

    private static Spec? SpecOf(Invocation invocation)
    {
        var folder = invocation.Argument(CliSettings.PipelineArgument)!;
        return File.Exists(Path.Combine(folder, "pipeline.yaml")) ? PipelineFolder.Load(folder).Spec : null;
    }

    private static async Task<IReadOnlyList<ExpiredRows>> ExpireAsync(
        Invocation invocation,
        Spec? spec,
        string pipeline,
        DateTimeOffset now,
        bool dryRun,
        CancellationToken cancel
    )
    {
        if (spec?.Retention.Warehouse is not { } kept || invocation.Get(Warehouse) is not { } uri)
        {
            return [];
        }

        await using var warehouse = Warehouses.Warehouse.Open(uri);
        return await warehouse.ExpireAsync(pipeline, spec.Clock.Subtract(now, kept), dryRun, cancel);
    }

    private static async Task DropAsync(
        Invocation invocation,
        IStore store,
        GarbageSearch search,
        Garbage garbage,
        CancellationToken cancel
    )
    {
        if (garbage.Runs.Count + garbage.Models.Count + garbage.Unfinished.Count > 0)
        {
            invocation.Changes.Try("Some of what is to go may be gone; the same command drops the rest.");
        }

        foreach (var run in garbage.Runs)
        {
            // Somebody may have taken it up again while we were looking.
            var now = new List<StoreEntry>();
            await foreach (var entry in store.ListAsync($"{run.Root}/", cancel))
            {
                now.Add(entry);
            }

            if (now.Count > 0 && search.IsOld(now))
            {
                await DropAsync(store, run, cancel);
            }
        }

        foreach (var model in garbage.Models)
        {
            await DropAsync(store, model, cancel);
        }

        foreach (var left in garbage.Unfinished)
        {
            await store.DropUnfinishedAsync(left, cancel);
        }
    }

    private static async Task DropAsync(IStore store, OldFolder folder, CancellationToken cancel)
    {
        foreach (var entry in folder.Objects)
        {
            await store.DeleteAsync(entry.Name, cancel);
        }
    }

    private static string Text(Garbage garbage, IStore store, bool dryRun)
    {
        var lines = garbage
            .Runs.Select(run => $"{(run.IsPartsOnly ? "parts of run" : "run")} {run.Id}, {Megabytes(run.Bytes)}")
            .Concat(garbage.Models.Select(model => $"model {model.Id}, {Megabytes(model.Bytes)}"))
            .Concat(garbage.Unfinished.Select(left => $"unfinished {left.Name}, {Megabytes(left.Bytes)}"))
            .Concat(garbage.Rows.Select(rows => $"rows of {rows.Table}, {Count(rows.Rows)}"))
            .ToList();
        return lines.Count == 0
            ? $"Nothing in {store.Uri} is to go: every run is younger than {garbage.Before:yyyy-MM-ddTHH:mm:ssZ} "
                + "or needed."
            : string.Join(
                '\n',
                lines.Append(
                    $"{(dryRun ? "Would drop" : "Dropped")} {Megabytes(garbage.Bytes)} in {garbage.Runs.Count} "
                        + $"runs, {garbage.Models.Count} models and {garbage.Unfinished.Count} unfinished objects of "
                        + store.Uri
                        + (
                            garbage.Rows.Count == 0
                                ? "."
                                : $", and {Count(garbage.Rows.Sum(rows => rows.Rows))} rows of the warehouse."
                        )
                )
            );
    }

    private static string Count(long rows) => rows.ToString("N0", CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
