using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Steps.Report;
using Trainyard.Stores;

namespace Trainyard.Tests.Report;

/// <summary>A run in a store of its own, as the steps before the report leave it.</summary>
internal sealed class SomeRun : IDisposable
{
    public static readonly DateTimeOffset AsOf = new(2013, 12, 30, 5, 0, 0, TimeSpan.Zero);
    private JsonObject _details = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-report-").FullName;

    public SomeRun(RunFile run)
    {
        Store = Trainyard.Stores.Store.Open(_folder);
        Folder = new RunFolder(Store, run.Pipeline, run.Run);
        File = run;
    }

    public IStore Store { get; }

    public RunFolder Folder { get; }

    public RunFile File { get; private set; }

    public static RunFile Train(string pipeline, Definition definition) =>
        new()
        {
            Pipeline = pipeline,
            Run = "train.20131230T050000Z.1",
            Kind = RunKind.Train,
            AsOf = AsOf,
            Window = RunShape.Of(RunKind.Train).WindowOf(definition, AsOf),
            Definition = definition,
            DefinitionFiles = [],
            DefinitionHash = SomeCard.Hash,
            Operations = SomeSpec.Operations,
            OperationsHash = SomeCard.Hash.Replace('c', '7'),
        };

    public static RunFile Score(string pipeline, Definition definition) =>
        Train(pipeline, definition) with
        {
            Run = "score.20131230T050000Z.1",
            Kind = RunKind.Score,
            Window = RunShape.Of(RunKind.Score).WindowOf(definition, AsOf),
            Model = new ServedModel("train.20131230T050000Z.1", "", false, AsOf),
        };

    /// <summary>A finished train run. The card's verdict and comparison go where they stand since 1.0: in the log, or
    /// of
    /// a trial in the train step's details, and there.</summary>
    public static async Task<SomeRun> OfAsync(
        Card card,
        IReadOnlyList<ColumnProfile> profile,
        Func<RunFile, RunFile>? change = null
    )
    {
        var (verdict, evaluation) = (card.Verdict!, card.Evaluation);
        var file = Train(card.Pipeline, card.Definition);
        var run = new SomeRun(change?.Invoke(file) ?? file);
        await run.FreezeAsync(SomeSpec.Sql);
        await new Package(run.Store, card.Pipeline, card.Version).WriteCardAsync(
            card with
            {
                Verdict = null,
                Evaluation = evaluation with { Champion = null, NoChampionBecause = null },
            },
            default
        );
        if (!run.File.IsTrial)
        {
            await run.DecideAsync(verdict);
        }

        await run.WriteAsync(StepName.Extract, 1.62, 302_042, "Extracted 302,042 rows in 4 parts.");
        await run.WriteAsync(StepName.Features, 2.38, 302_042, "Computed 21 features for 302,042 rows.", profile);
        run._details = new JsonObject
        {
            ["verdict"] = verdict.Promoted ? "promoted" : "refused",
            ["reason"] = verdict.Reason,
            ["comparison"] = JsonSerializer.SerializeToNode(evaluation.Champion, Json.Options),
            ["no_champion_because"] = evaluation.NoChampionBecause,
        };
        await run.WriteAsync(StepName.Train, 27.4, 0, "Promoted.");
        return run;
    }

    /// <summary>A finished score run.</summary>
    public static async Task<SomeRun> OfAsync(
        Card card,
        IReadOnlyList<ColumnProfile> profile,
        ScoreSummary summary,
        Func<RunFile, RunFile>? change = null
    )
    {
        var file = Score(card.Pipeline, card.Definition);
        var run = new SomeRun(change?.Invoke(file) ?? file);
        var (_, sha256) = await new Package(run.Store, card.Pipeline, card.Version).WriteCardAsync(card, default);
        run.File = run.File with { Model = run.File.Model! with { CardSha256 = sha256 } };
        await run.FreezeAsync(SomeSpec.Sql);
        await run.WriteAsync(StepName.Extract, 0.31, 968, "Extracted 968 rows in 1 part.");
        await run.WriteAsync(StepName.Features, 0.42, 968, "Computed 21 features for 968 rows.", profile);
        var bytes = Json.Bytes(summary);
        await run.Store.TryCreateAsync(run.Folder.NameOf(StepName.Score, "summary-0123456789ab.json"), bytes, default);
        await run.WriteAsync(
            StepName.Score,
            0.94,
            968,
            "Published 968 predictions.",
            null,
            new StoredFile("summary-0123456789ab.json", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)))
        );
        return run;
    }

    /// <summary>Writes a decision on the run's model into the log.</summary>
    public Task DecideAsync(Verdict verdict, string? who = null) =>
        new PromotionLog(Store, File.Pipeline).AppendAsync(
            _ =>
                Task.FromResult(
                    new Promotion
                    {
                        Number = 0,
                        Kind = verdict.Promoted ? PromotionKind.Promote : PromotionKind.Refuse,
                        Model = File.Run,
                        EffectiveAsOf = AsOf,
                        At = AsOf,
                        Who = who ?? Promotion.TrainRun(File.Run),
                        Why = verdict.Reason,
                    }
                ),
            default
        );

    public async Task FreezeAsync(string sql)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);
        var name = RunShape.Of(File.Kind).SqlOf(File.Definition.Rows);
        await Store.TryCreateAsync(Folder.DefinitionName(name), bytes, default);
        File = File with
        {
            DefinitionFiles = [new StoredFile(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)))],
        };
        await Store.TryCreateAsync(Folder.RunFileName, Sealed.Bytes(File), default);
    }

    public Task WriteAsync(
        StepName step,
        double seconds,
        long rows,
        string sentence,
        IReadOnlyList<ColumnProfile>? profile = null,
        params StoredFile[] files
    ) =>
        Folder.WriteManifestAsync(
            new Manifest
            {
                Pipeline = File.Pipeline,
                Run = File.Run,
                Step = step,
                AsOf = File.AsOf,
                ExitCode = rows == 0 && step == StepName.Extract ? ExitCode.NothingToDo : ExitCode.Done,
                Sentence = sentence,
                Producer = SomeCard.Producer with
                {
                    Fingerprint = SomeCard.Hash.Replace('1', "efst"[(int)step % 4]).Replace('s', 'a').Replace('t', 'b'),
                },
                Inputs = [],
                Dataset =
                    rows == 0
                        ? null
                        : new DatasetInfo
                        {
                            Columns = [],
                            Parts = [new DatasetPart("part-00000-0123456789ab.csv", rows, rows * 143, SomeCard.Hash)],
                        },
                Profile = profile,
                Files = files,
                Details = _details,
                Cost = new Cost
                {
                    Seconds = seconds,
                    CpuSeconds = seconds * 1.7,
                    PeakMemoryBytes = (long)(118e6 + seconds * 21e6),
                    BytesIn = rows * 143 + 40_000,
                    BytesOut = rows * 171,
                },
            },
            RunFolder.ManifestFile,
            default
        );

    public async Task<string> RenderAsync() => await ReportPage.RenderAsync(await GatherAsync());

    public Task<ReportData> GatherAsync() => Gathering.GatherAsync(Folder, File, default);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
