using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Loads the run's model, scores the parts, checks the inputs against its limits, and publishes. Until then nobody sees anything.</summary>
internal static class ScoreStep
{
    public static async Task<StepOutcome> RunAsync(StepContext context, CancellationToken cancel)
    {
        var (run, file) = (context.Run, context.File);
        if (file.Kind != RunKind.Score || file.Model is not { } served)
        {
            throw Fault.Usage($"Run '{run.Run}' is a train run: its next step is train. Nothing was changed.");
        }

        var (watch, startedAt) = (Stopwatch.StartNew(), context.Time.GetUtcNow());
        var extract = await run.ReadManifestAsync(StepName.Extract, cancel);
        var features = await run.ReadManifestAsync(StepName.Features, cancel);
        var package = new Package(run.Store, run.Pipeline, served.Version);
        var (card, sha256) = await package.ReadCardAsync(cancel);
        if (sha256 != served.CardSha256)
        {
            throw Fault.BadData($"The card of model '{served.Version}' is not the one this run was frozen with: its SHA-256 is another. Nothing was published; start a new run.");
        }

        var predictions = new PredictionColumns(file, features.Value.Dataset ?? throw Fault.BadData($"{features.Uri} lists no dataset. Start a new run."));
        var publishing = new Publishing(context, package, card, predictions, [extract, features], startedAt);
        IReadOnlyList<ManifestInput> inputs = [extract.AsInput, features.AsInput, new ManifestInput(run.Store.UriOf($"{package.Root}/{Package.CardFile}"), sha256)];
        if (features.Value.ExitCode == ExitCode.NothingToDo)
        {
            // The run is published with no rows, so that whoever looks for missing predictions sees that there were none to make.
            await publishing.RunAsync([], watch.Elapsed, cancel);
            return new StepOutcome(ExitCode.NothingToDo, $"There is nothing to score with model {card.Version}: the run has no rows.")
            {
                Inputs = inputs,
                Dataset = new DatasetInfo { Columns = predictions.Columns, Parts = [] },
            };
        }

        var model = await LoadedPackage.LoadAsync(package, card, cancel);
        var scoring = new Scoring(context, card, model, predictions, startedAt);
        var scored = await scoring.RunAsync(cancel);
        var summary = scored.Summary with { Table = file.IsTrial ? null : predictions.Table.Name };
        var summaryFile = await WriteSummaryAsync(context, summary, cancel);
        await publishing.RunAsync(scored.Parts, watch.Elapsed, cancel);
        return new StepOutcome(ExitCode.Done, Sentence(summary, predictions))
        {
            Inputs = inputs,
            Dataset = new DatasetInfo { Columns = predictions.Columns, Parts = scored.Parts },
            Files = [summaryFile],
            Details = Details(summary),
        };
    }

    private static async Task<StoredFile> WriteSummaryAsync(StepContext context, ScoreSummary summary, CancellationToken cancel)
    {
        var name = context.NewName("summary", "json");
        await using var writer = await context.Run.Store.OpenWriteAsync(context.NameOf(name), cancel);
        await writer.WriteAsync(Json.Bytes(summary), cancel);
        var stored = await writer.CompleteAsync(cancel);
        context.Progress.AddBytesOut(stored.Bytes);
        return new StoredFile(name, stored.Bytes, stored.Sha256);
    }

    private static string Sentence(ScoreSummary summary, PredictionColumns predictions)
    {
        var where = summary.Table is null ? "a trial publishes nothing" : $"published in {predictions.QualifiedTable}";
        var positives = summary.Positives is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count:N0} positive") : "";
        return string.Create(CultureInfo.InvariantCulture, $"Scored {summary.Rows:N0} rows with model {summary.Model}{positives}; {where}.");
    }

    private static JsonObject Details(ScoreSummary summary) => new()
    {
        ["model"] = summary.Model,
        ["rows"] = summary.Rows,
        ["positives"] = summary.Positives,
        ["hindsight"] = summary.Hindsight,
        ["mean"] = summary.Mean,
        ["table"] = summary.Table,
        ["predicted_at"] = summary.PredictedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    };
}
