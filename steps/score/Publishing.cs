using System.Diagnostics;
using System.Runtime.CompilerServices;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Score;

/// <summary>Publishes the predictions with their run and model; a trial publishes nothing.</summary>
/// <param name="watch">Runs since the step began.</param>
internal sealed class Publishing(StepContext context, ScoreInputs inputs, Stopwatch watch)
{
    /// <param name="summary">Null where there are no rows.</param>
    /// <param name="parts">The predictions.</param>
    /// <param name="shards">The shards that made them; none where this very step did.</param>
    /// <param name="startedAt">When scoring began.</param>
    public async Task RunAsync(
        ScoreSummary? summary,
        IReadOnlyList<ScoredPart> parts,
        IReadOnlyList<StandingManifest> shards,
        DateTimeOffset startedAt,
        CancellationToken cancel
    )
    {
        if (context.File.IsTrial)
        {
            return;
        }

        var (rows, columns) = (parts.Sum(part => part.Part.Rows), inputs.Columns);
        await using var warehouse = Warehouse.Open(
            context.Get(ScoreSettings.Warehouse)!,
            new WarehouseOptions { ApplicationName = context.Title, Warn = context.Warn }
        );
        var log = await new PromotionLog(context.Run.Store, context.Run.Pipeline).ReadAsync(cancel);
        context.Progress.Start($"Publishing in {columns.QualifiedTable} of {warehouse.Uri}", rows);
        var published = await warehouse.PublishAsync(
            new PublishRequest
            {
                Table = columns.Table,
                Run = RunOf(summary, rows, shards, startedAt),
                Model = await ModelOfAsync(ModelStanding.Of(log, inputs.Card.Version)?.Verdict, cancel),
                Verdicts = VerdictsIn(log),
                Columns = columns.Columns,
                Parts = OpenAsync(parts.Select(scored => scored.Part), cancel),
                Sides = [.. SidesOf(parts, cancel)],
                Wrote = context.Progress.AddRows,
                Prepared = stands =>
                {
                    context.Changes.Made(stands);
                    context.Changes.Try($"No predictions of run {context.Run.Run} are published.");
                },
                Committing = () =>
                    context.Changes.Try(
                        $"Whether the predictions were published in {columns.QualifiedTable} is not known; the same "
                            + "command publishes them, and nothing twice."
                    ),
            },
            cancel
        );
        context.Changes.Made(
            $"The predictions of run {context.Run.Run} are published in {columns.QualifiedTable}; the same command "
                + "completes the run, and publishes nothing twice."
        );
        if (published.Gone is { } gone)
        {
            context.Warn(
                $"The table {gone} was gone, and has been made again: predictions of earlier runs "
                    + "are not in it, though trainyard.runs lists them. trainyard run … --kind score --as-of … "
                    + "--again makes those of an as-of once more, and whoever read the table needs his rights again."
            );
        }

        foreach (var answer in columns.Table.Displaced)
        {
            context.Warn(
                $"A column of the key is called '{answer.Name}', so {columns.QualifiedTable} has what is predicted as "
                    + $"'{answer.FormerName}' alone, a name that goes with a later version. Rename the key column in "
                    + "the query, and name a new predictions.table."
            );
        }
    }

    private IEnumerable<PublishedRows> SidesOf(IReadOnlyList<ScoredPart> parts, CancellationToken cancel)
    {
        var columns = inputs.Columns;
        foreach (var side in columns.Sides)
        {
            var rows = OpenAsync(parts.Select(scored => scored.Sides![side.Name]), cancel);
            yield return new PublishedRows(side.Table, side.Columns, rows);
        }

        if (columns.Reasons is { } reasons)
        {
            var rows = OpenAsync(parts.Select(scored => scored.Reasons?.Part).OfType<DatasetPart>(), cancel);
            yield return new PublishedRows(reasons, columns.ReasonParts, rows);
        }
    }

    private async IAsyncEnumerable<PredictionPart> OpenAsync(
        IEnumerable<DatasetPart> parts,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var part in parts)
        {
            yield return new PredictionPart(
                await context.Run.OpenPartAsync(StepName.Score, part, cancel),
                context.Run.Store.UriOf(context.NameOf(part.File))
            );
        }
    }

    private PublishedRun RunOf(
        ScoreSummary? summary,
        long rows,
        IReadOnlyList<StandingManifest> shards,
        DateTimeOffset startedAt
    ) =>
        new()
        {
            Run = context.Run.Run,
            Kind = RunKind.Score,
            AsOf = context.File.AsOf,
            ModelOverride = context.File.Model!.Override,
            DefinitionHash = context.File.DefinitionHash,
            SqlSha256 = inputs.Extract.Value.QueryInput.Sha256,
            Folder = context.Run.Store.UriOf(context.Run.Root),
            Image = context.Producer.Image,
            Commit = context.Producer.Commit,
            StartedAt = startedAt,
            PublishedAt = context.Time.GetUtcNow(),
            Steps =
            [
                StepOf(StepName.Extract, inputs.Extract.Value.Cost, inputs.Extract.Value.Dataset?.Rows ?? 0),
                StepOf(StepName.Features, inputs.Features.Value.Cost, inputs.Features.Value.Dataset?.Rows ?? 0),
                StepOf(StepName.Score, CostSoFar([.. shards.Select(shard => shard.Value.Cost)]), rows),
            ],
            Moves = summary is null ? [] : MovesIn(summary),
        };

    private static PublishedMove[] MovesIn(ScoreSummary summary) =>
        [
            .. summary.Inputs.Select(input => new PublishedMove
            {
                Input = input.Column,
                Distance = input.Distance,
                Beyond = input.Beyond,
                In = input.In is { } what ? EnumText.Of(what) : null,
                Bar = summary.Moves?.Bar?.Beyond,
                Blocks = summary.Moves?.Blocks,
                HasMoved = summary.Moves is { CanAlarm: true } told ? told.Moved.Contains(input.Column) : null,
                NullShare = input.NullShare,
                TrainedNullShare = input.TrainedNullShare,
                UnseenShare = input.UnseenShare,
                Mean = Finite(input.Mean),
                TrainedMean = Finite(input.TrainedMean),
            }),
        ];

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static PublishedStep StepOf(StepName step, Cost cost, long rows) =>
        new(step, cost.Seconds, cost.CpuSeconds, cost.PeakMemoryBytes, cost.BytesIn, cost.BytesOut, rows);

    /// <summary>What this step has cost until it publishes, its shards included, which run side by side; the whole
    /// stands in its manifest.</summary>
    private Cost CostSoFar(IReadOnlyList<Cost> shards)
    {
        using var process = Process.GetCurrentProcess();
        return new Cost
        {
            Seconds = Math.Round(
                watch.Elapsed.TotalSeconds + shards.Select(shard => shard.Seconds).DefaultIfEmpty().Max(),
                3
            ),
            CpuSeconds = Math.Round(process.TotalProcessorTime.TotalSeconds + shards.Sum(shard => shard.CpuSeconds), 3),
            PeakMemoryBytes = Math.Max(
                process.PeakWorkingSet64,
                shards.Select(shard => shard.PeakMemoryBytes).DefaultIfEmpty().Max()
            ),
            BytesIn = context.Progress.BytesIn + shards.Sum(shard => shard.BytesIn),
            BytesOut = context.Progress.BytesOut + shards.Sum(shard => shard.BytesOut),
        };
    }

    private static PublishedVerdict[] VerdictsIn(IReadOnlyList<Promotion> log) =>
        [
            .. ModelStanding
                .Of(log)
                .Select(model => (Model: model.Key, model.Value.Verdict))
                .Select(each => new PublishedVerdict(each.Model, each.Verdict.Promoted, each.Verdict.Reason)),
        ];

    private async Task<PublishedModel> ModelOfAsync(Verdict? verdict, CancellationToken cancel)
    {
        var card = inputs.Card;
        var name = $"definition/{card.Definition.Rows.Sql.Train}";
        var sql =
            card.Files.Named(name)
            ?? throw Fault.BadData(
                $"The package of model '{card.Version}' has no {name}. Nothing was published; train again."
            );
        var data =
            card.Inputs.FirstOrDefault(input => input.IsManifestOf(StepName.Extract))
            ?? throw Fault.BadData(
                $"The card of model '{card.Version}' does not name the rows it learned from. Nothing was published; "
                    + "train again."
            );
        var value = card.Evaluation.Model.Metric.Value;
        return new PublishedModel
        {
            Version = card.Version,
            AsOf = card.AsOf,
            TrainedAt = card.TrainedAt,
            LearnedThrough = card.LearnedThrough,
            Metric = card.Evaluation.Metric.Name,
            Value = double.IsFinite(value) ? value : null,
            Promoted = verdict is { Promoted: true },
            Reason = verdict?.Reason ?? "The promotions log has no decision on it.",
            DefinitionHash = card.DefinitionHash,
            Sql = Utf8Text.Decode(await inputs.Package.ReadFileAsync(sql, cancel), name),
            SqlSha256 = sql.Sha256,
            TrainingData = data.Uri,
            TrainingDataSha256 = data.Sha256,
            Package = inputs.Package.Store.UriOf(inputs.Package.Root),
            CardSha256 = context.File.Model!.CardSha256,
            Image = card.Producer.Image,
            Commit = card.Producer.Commit,
        };
    }
}
