using System.Security.Cryptography;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Report;

/// <summary>Reads what a run's steps have left, checked against the hashes that vouch for it.</summary>
internal static class Gathering
{
    public static async Task<ReportData> GatherAsync(RunFolder folder, RunFile run, CancellationToken cancel)
    {
        var manifests = await ReadManifestsAsync(folder, run, cancel);
        var (card, cardSource) = await ReadCardAsync(folder, run, cancel);
        var (summary, summarySource, summaryBytes) = await ReadSummaryAsync<ScoreSummary>(
            folder,
            manifests,
            StepName.Score,
            ScoreSummary.Stem,
            cancel
        );
        var (measured, measuredSource, measuredBytes) = await ReadSummaryAsync<MeasureSummary>(
            folder,
            manifests,
            StepName.Measure,
            MeasureSummary.Stem,
            cancel
        );
        var (sqlFile, sql) = await ReadSqlAsync(folder, run, cancel);
        return new ReportData
        {
            Run = run,
            RunUri = folder.Store.UriOf(folder.Root),
            Manifests = manifests,
            Card = card is null ? null : CardExhibits.Of(card),
            CardSource = cardSource,
            Decided =
                card is not null
                && manifests.FirstOrDefault(manifest => manifest.Value.Step == StepName.Train) is { } train
                    ? Decided.Of(
                        await new PromotionLog(folder.Store, folder.Pipeline).ReadAsync(cancel),
                        train.Value,
                        card
                    )
                    : null,
            Summary = summary is not null && card is not null ? ScoreExhibits.Of(summary, card) : summary,
            Measured = measured,
            Earlier = summary?.Moves is null ? [] : await EarlierRuns.ReadAsync(folder, run, cancel),
            SummarySource = summarySource ?? measuredSource,
            SqlFile = sqlFile,
            Sql = sql,
            BytesRead = summaryBytes + measuredBytes + sql.Length,
        };
    }

    /// <summary>Every step must be done; after one that found nothing to do, those that follow may be
    /// missing.</summary>
    private static async Task<IReadOnlyList<StandingManifest>> ReadManifestsAsync(
        RunFolder folder,
        RunFile run,
        CancellationToken cancel
    )
    {
        var manifests = new List<StandingManifest>();
        foreach (var step in RunShape.Of(run.Kind).Steps.Where(step => step != StepName.Report))
        {
            var nothingToDo = manifests.Any(manifest => manifest.Value.ExitCode == ExitCode.NothingToDo);
            var manifest = nothingToDo
                ? await folder.TryReadManifestAsync(step, cancel)
                : await folder.ReadManifestAsync(step, cancel);
            if (manifest is not null)
            {
                manifests.Add(manifest);
            }
        }

        return manifests;
    }

    private static async Task<(Card? Card, ManifestInput? Source)> ReadCardAsync(
        RunFolder folder,
        RunFile run,
        CancellationToken cancel
    )
    {
        if ((RunShape.Of(run.Kind).NeedsModel ? run.Model?.Version : run.Run) is not { } version)
        {
            return (null, null);
        }

        var package = new Package(folder.Store, folder.Pipeline, version);
        var (card, sha256) = await package.ReadCardAsync(cancel);
        var uri = folder.Store.UriOf($"{package.Root}/{Package.CardFile}");
        return run.Model is null || run.Model.CardSha256 == sha256
            ? (card, new ManifestInput(uri, sha256))
            : throw Fault.BadData(
                $"{uri} is not the card that run '{run.Run}' was frozen with: its SHA-256 is {sha256}, not "
                    + $"{run.Model.CardSha256}. Nothing was changed; start a new run."
            );
    }

    private static async Task<(T? Summary, ManifestInput? Source, long Bytes)> ReadSummaryAsync<T>(
        RunFolder folder,
        IReadOnlyList<StandingManifest> manifests,
        StepName step,
        string stem,
        CancellationToken cancel
    )
        where T : class, IDocument
    {
        if (
            manifests.FirstOrDefault(manifest =>
                manifest.Value.Step == step && manifest.Value.ExitCode == ExitCode.Done
            )
            is not { } standing
        )
        {
            return (null, null, 0);
        }

        var file =
            standing.Value.Files.Of(stem)
            ?? throw Fault.BadData($"{standing.Uri} names no summary to draw. Nothing was changed; start a new run.");
        var bytes = await RunFolder.ReadVerifiedAsync(folder.Store, folder.FolderOf(step), file, cancel);
        var uri = folder.Store.UriOf(folder.NameOf(step, file.File));
        return (
            Documents.Read<T>(bytes, uri),
            new ManifestInput(uri, Convert.ToHexStringLower(SHA256.HashData(bytes))),
            bytes.Length
        );
    }

    private static async Task<(string File, string Text)> ReadSqlAsync(
        RunFolder folder,
        RunFile run,
        CancellationToken cancel
    )
    {
        var name = RunShape.Of(run.Kind).SqlOf(run.Definition.Rows);
        var file =
            run.DefinitionFiles.Named(name)
            ?? throw Fault.BadData(
                $"{folder.Store.UriOf(folder.RunFileName)} names no file '{name}', the query. Nothing was "
                    + "changed; start a new run."
            );
        return (
            name,
            Utf8Text.Decode(
                await RunFolder.ReadVerifiedAsync(folder.Store, folder.DefinitionFolder, file, cancel),
                name
            )
        );
    }
}
