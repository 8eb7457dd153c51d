using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Score;

/// <summary>Publishes the predictions with their run and model; a trial publishes nothing.</summary>
internal sealed class Publishing(
    StepContext context, Package package, Card card, PredictionColumns columns, IReadOnlyList<StandingManifest> before, DateTimeOffset startedAt)
{
    public async Task RunAsync(IReadOnlyList<DatasetPart> parts, TimeSpan elapsed, CancellationToken cancel)
    {
        if (context.File.IsTrial)
        {
            return;
        }

        var rows = parts.Sum(part => part.Rows);
        await using var warehouse = Warehouse.Open(context.Get(CommonSettings.Warehouse)!, new WarehouseOptions { ApplicationName = context.Title, Warn = context.Warn });
        context.Progress.Start($"Publishing in {columns.QualifiedTable} of {warehouse.Uri}", rows);
        await warehouse.PublishAsync(
            new PublishRequest
            {
                Table = columns.Table,
                Run = RunOf(rows, elapsed),
                Model = await ModelOfAsync(cancel),
                Columns = columns.Columns,
                Parts = OpenAsync(parts, cancel),
                Wrote = context.Progress.AddRows,
            },
            cancel);
    }

    private async IAsyncEnumerable<PredictionPart> OpenAsync(IReadOnlyList<DatasetPart> parts, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var part in parts)
        {
            yield return new PredictionPart(
                await context.Run.OpenPartAsync(StepName.Score, part, cancel),
                context.Run.Store.UriOf(context.NameOf(part.File)));
        }
    }

    private PublishedRun RunOf(long rows, TimeSpan elapsed) => new()
    {
        Run = context.Run.Run,
        Kind = RunKind.Score,
        AsOf = context.File.AsOf,
        ModelOverride = context.File.Model!.Override,
        DefinitionHash = context.File.DefinitionHash,
        SqlSha256 = before[0].Value.Inputs[0].Sha256,
        Folder = context.Run.Store.UriOf(context.Run.Root),
        Image = context.Producer.Image,
        Commit = context.Producer.Commit,
        StartedAt = startedAt,
        PublishedAt = context.Time.GetUtcNow(),
        Steps = [.. before.Select(manifest => manifest.Value).Select(manifest => StepOf(manifest.Step, manifest.Cost, manifest.Dataset?.Rows ?? 0)), StepOf(StepName.Score, CostSoFar(elapsed), rows)],
    };

    private static PublishedStep StepOf(StepName step, Cost cost, long rows) =>
        new(step, cost.Seconds, cost.CpuSeconds, cost.PeakMemoryBytes, cost.BytesIn, cost.BytesOut, rows);

    /// <summary>What this step has cost until it publishes; the whole stands in its manifest.</summary>
    private Cost CostSoFar(TimeSpan elapsed)
    {
        using var process = Process.GetCurrentProcess();
        return new Cost
        {
            Seconds = Math.Round(elapsed.TotalSeconds, 3),
            CpuSeconds = Math.Round(process.TotalProcessorTime.TotalSeconds, 3),
            PeakMemoryBytes = process.PeakWorkingSet64,
            BytesIn = context.Progress.BytesIn,
            BytesOut = context.Progress.BytesOut,
        };
    }

    private async Task<PublishedModel> ModelOfAsync(CancellationToken cancel)
    {
        var name = $"definition/{card.Definition.Rows.Sql.Train}";
        var sql = card.Files.FirstOrDefault(file => file.File == name) ?? throw Fault.BadData($"The package of model '{card.Version}' has no {name}. Nothing was published; train again.");
        var value = card.Evaluation.Model.Metric.Value;
        return new PublishedModel
        {
            Version = card.Version,
            AsOf = card.AsOf,
            TrainedAt = card.TrainedAt,
            LearnedThrough = card.LearnedThrough,
            Metric = JsonSerializer.SerializeToElement(card.Evaluation.Metric, Json.Options).GetString()!,
            Value = double.IsFinite(value) ? value : null,
            Promoted = card.Verdict.Promoted,
            Reason = card.Verdict.Reason,
            DefinitionHash = card.DefinitionHash,
            Sql = Encoding.UTF8.GetString(await package.ReadFileAsync(sql, cancel)),
            SqlSha256 = sql.Sha256,
            TrainingData = card.Inputs[0].Uri,
            TrainingDataSha256 = card.Inputs[0].Sha256,
            Package = package.Store.UriOf(package.Root),
            CardSha256 = context.File.Model!.CardSha256,
            Image = card.Producer.Image,
            Commit = card.Producer.Commit,
        };
    }
}
