using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>Joins the rows with what was published for them, measures, and writes labels and figures down.</summary>
internal static class MeasureStep
{
    public static async Task<StepOutcome> RunAsync(StepContext context, CancellationToken cancel)
    {
        var (file, inputs) = (context.File, await MeasureInputs.ReadAsync(context, cancel));
        if (inputs.Features.Value.ExitCode == ExitCode.NothingToDo)
        {
            return new StepOutcome(ExitCode.NothingToDo, "There is nothing to measure: the run has no rows.")
            {
                Inputs = [inputs.Extract.AsInput, inputs.Features.AsInput],
            };
        }

        await using var warehouse = Warehouse.Open(
            context.Get(CommonSettings.Warehouse)!,
            new WarehouseOptions { ApplicationName = context.Title, Warn = context.Warn }
        );
        var window = file.Window!;
        context.Progress.Start($"Reading what was published in {warehouse.Uri}", inputs.Dataset.Rows);
        var codes = new LabelCodes(file.Definition, inputs.Label);
        var joined = await Task.Run(() => JoinAsync(context, inputs, warehouse, codes, cancel), cancel);
        var (cards, sources) = await CardsAsync(context, joined, cancel);
        LeaveOthers(context, joined, cards);
        codes.Know(joined.Models.SelectMany(model => cards[model.Model].AnsweringClasses ?? []));
        var measuring = new Measuring(file.Definition, joined.Fields, codes, cards, context.Threads, cancel);
        var newest = new Window(file.Definition.Clock.Subtract(window.To, file.Definition.Clock.Interval), window.To);
        var whole = measuring.Of(joined.Models, window);
        LiveMetric[] metrics = [.. whole.Metrics, .. measuring.Of(joined.Models, newest).Metrics];
        var alarms = file.IsTrial ? null : whole.Alarms(file.Operations.Measure.WorseByAtMost);
        var before = file.IsTrial ? null : await warehouse.AlarmBeforeAsync(context.Run.Pipeline, file.AsOf, cancel);
        var summary = Told.Of(
            file,
            joined,
            metrics,
            alarms,
            before is var (run, asOf) ? new EarlierAlarm(run, asOf) : null,
            file.IsTrial ? null : inputs.Table.Name
        );
        var stored = await WriteAsync(context, summary, cancel);
        if (!file.IsTrial)
        {
            await PublishAsync(context, inputs, warehouse, summary, metrics, cancel);
        }

        return new StepOutcome(ExitCode.Done, Told.Sentence(summary, metrics))
        {
            Inputs = [inputs.Extract.AsInput, inputs.Features.AsInput, .. sources],
            Files = [stored],
            Details = new JsonObject
            {
                ["measured"] = joined.Measured,
                ["replayed"] = joined.Replayed,
                ["unlabelled"] = joined.Unlabelled.Rows,
                ["unpublished"] = joined.Unpublished.Rows,
                ["hindsight"] = joined.Hindsight.Rows,
                ["table"] = summary.Table,
                ["alarms"] = new JsonArray([.. summary.Alarms.Select(alarm => (JsonNode)alarm)]),
                ["alarm_since"] = summary.Before?.Run,
            },
        };
    }

    private static async Task<MeasuredRows> JoinAsync(
        StepContext context,
        MeasureInputs inputs,
        IWarehouse warehouse,
        LabelCodes codes,
        CancellationToken cancel
    )
    {
        var definition = context.File.Definition;
        string[] identity = [definition.Rows.Cutoff!, .. definition.Rows.Key];
        var columns = inputs.Dataset.Columns.Select(column => column.Name).ToList();
        var (cutoff, label) = (columns.IndexOf(identity[0]), columns.IndexOf(inputs.Label.Name));
        await using var rows = new DatasetRows<(DateTimeOffset, double?)>(
            inputs.OpenAsync(context.Run, cancel),
            inputs.Dataset.Columns,
            identity,
            reader =>
            {
                context.Progress.AddRows(1);
                return (reader.Instant(cutoff)!.Value, codes.Read(reader, label));
            },
            cancel
        );
        await using var answers = await PublishedAnswers.OpenAsync(
            warehouse,
            inputs.Table.Predictions,
            context.File.Window!,
            cancel
        );
        return await MeasuredRows.JoinAsync(
            definition,
            inputs.Table.Predictions.TaskColumns,
            context.File.IsTrial,
            rows,
            answers,
            cancel
        );
    }

    private static async Task<(
        IReadOnlyDictionary<string, Card> Cards,
        IReadOnlyList<ManifestInput> Sources
    )> CardsAsync(StepContext context, MeasuredRows joined, CancellationToken cancel)
    {
        var (cards, sources) = (new Dictionary<string, Card>(), new List<ManifestInput>());
        foreach (var model in joined.Models)
        {
            var package = new Package(context.Run.Store, context.Run.Pipeline, model.Model);
            var (card, sha256) = await package.ReadCardAsync(cancel);
            cards[model.Model] = card;
            sources.Add(new ManifestInput(package.Store.UriOf($"{package.Root}/{Package.CardFile}"), sha256));
        }

        return (cards, sources);
    }

    /// <summary>A model that answered another question has nothing to do with these labels.</summary>
    private static void LeaveOthers(StepContext context, MeasuredRows joined, IReadOnlyDictionary<string, Card> cards)
    {
        var asked = Question(context.File.Definition);
        foreach (
            var other in joined.Models.Where(model => !Question(cards[model.Model].Definition).Equals(asked)).ToList()
        )
        {
            context.Warn(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{joined.Leave(other.Model):N0} predictions of model {other.Model} are not measured: its task or "
                        + $"its label is another than that of the model that serves."
                )
            );
        }

        static object Question(Definition definition) =>
            (definition.Model.Task, definition.Label?.Column, definition.Label?.Positive, definition.Label?.KnownAfter);
    }

    private static async Task<StoredFile> WriteAsync(
        StepContext context,
        MeasureSummary summary,
        CancellationToken cancel
    )
    {
        var name = context.NewName(MeasureSummary.Stem, "json");
        await using var writer = await context.Run.Store.OpenWriteAsync(context.NameOf(name), cancel);
        await writer.WriteAsync(Documents.Bytes(summary), cancel);
        var stored = await writer.CompleteAsync(cancel);
        context.Progress.AddBytesOut(stored.Bytes);
        return new StoredFile(name, stored.Bytes, stored.Sha256);
    }

    private static async Task PublishAsync(
        StepContext context,
        MeasureInputs inputs,
        IWarehouse warehouse,
        MeasureSummary summary,
        IReadOnlyList<LiveMetric> metrics,
        CancellationToken cancel
    )
    {
        var (run, table) = (context.Run, $"{PredictionsTable.Schema}.{inputs.Table.Name}");
        context.Progress.Start($"Writing labels into {table} of {warehouse.Uri}", inputs.Dataset.Rows);
        var outcome = await warehouse.MeasureAsync(
            new MeasureRequest
            {
                Table = inputs.Table,
                Run = new MeasuredRun
                {
                    Run = run.Run,
                    AsOf = context.File.AsOf,
                    Window = context.File.Window!,
                    DefinitionHash = context.File.DefinitionHash,
                    SqlSha256 = inputs.Extract.Value.QueryInput.Sha256,
                    Folder = run.Store.UriOf(run.Root),
                    Image = context.Producer.Image,
                    Commit = context.Producer.Commit,
                    MeasuredAt = context.Time.GetUtcNow(),
                    Measured = summary.Measured,
                    Replayed = summary.Replayed,
                    Unlabelled = summary.Unlabelled,
                    Unpublished = summary.Unpublished,
                    Hindsight = summary.Hindsight,
                    Alarm = summary.IsJudged ? string.Join(' ', summary.Alarms) : null,
                },
                Metrics = metrics,
                Columns = inputs.Dataset.Columns,
                Parts = inputs.OpenAsync(run, cancel),
                Wrote = context.Progress.AddRows,
                Prepared = stands =>
                {
                    context.Changes.Made(stands);
                    context.Changes.Try($"No labels of run {run.Run} are in {table}.");
                },
                Committing = () =>
                    context.Changes.Try(
                        $"Whether the labels were written into {table} is not known; the same command writes them, and "
                            + "nothing twice."
                    ),
            },
            cancel
        );
        context.Changes.Made(
            $"The labels of run {run.Run} are in {table}; the same command completes the run, and writes nothing twice."
        );
        if (outcome.Gone is { } gone)
        {
            context.Warn(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The table {gone} was gone, and has been made again: labels of earlier runs are not in it. "
                ) + "trainyard run … --kind measure --as-of … --again reads those of an as-of once more."
            );
        }
    }
}
