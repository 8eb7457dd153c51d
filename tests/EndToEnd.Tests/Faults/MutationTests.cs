using System.Collections.Concurrent;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>
/// Files changed behind Trainyard's back, one at a time: a step then says so and stops, or the change made no
/// difference. It
/// never ends as a bug, and no number changes that nobody notices.
/// </summary>
[Trait("Suite", Suites.Slow)]
public sealed class MutationTests : ParcelsTests<FolderAndDuckDb>
{
    private const string Model = "train.20240520T040000Z.1";

    private static readonly int[] Expected = [0, 64, 65, 66, 78, 99];

    /// <summary>Files of the store, and the steps that read them: of a score run that has come as far as its
    /// features.</summary>
    private static readonly (string Folder, string Stem, string[] Steps)[] InStore =
    [
        ("runs/s1", "run.json", ["features", "score"]),
        ("runs/s1/extract", "part-", ["features", "score"]),
        ("runs/s1/extract", "manifest.json", ["features", "score"]),
        ("runs/s1/definition", "rows.sql", ["features", "score"]),
        ("runs/s1/features", "part-", ["score"]),
        ("runs/s1/features", "manifest.json", ["score"]),
        ($"models/{Model}", "card.json", ["score"]),
        ($"models/{Model}", "served_model-", ["score"]),
        ($"models/{Model}", "served_encoder-", ["score"]),
        ($"models/{Model}", "served_golden-", ["score"]),
        ($"models/{Model}", "calibrator-", ["score"]),
        ($"models/{Model}/definition", "rows.sql", ["score"]),
        ($"models/{Model}/definition", "rows.sql", ["extract", "features", "score"]),
        ("promotions", "000001.json", ["extract", "features", "score"]),
        ($"models/{Model}", "card.json", ["extract", "features", "score"]),
        ($"models/{Model}", "blocks-", ["extract", "features", "score"]),
    ];

    [Fact]
    public async Task No_changed_file_of_the_store_becomes_a_bug_or_another_number()
    {
        await ReachFeaturesAsync();
        var expected = await InCopyAsync(folder => PredictAsync(folder, ["features", "score"], []));
        Assert.Equal(60, expected.Count);

        await EachAsync(
            Rounds.Of(few: 14, many: 1500),
            round =>
                InCopyAsync(async folder =>
                {
                    var (place, stem, steps) = InStore[round % InStore.Length];
                    var file = Directory
                        .EnumerateFiles(Path.Combine(folder, "store", "parcels", place), stem + "*")
                        .Single();
                    var how = Mutation.Apply(file, new Random(round));
                    var said = new List<Ended>();

                    var predictions = await PredictAsync(folder, steps, said);

                    var words =
                        $"round {round}, {place}/{Path.GetFileName(file)}, {how}: exit code "
                        + $"{said[^1].ExitCode}: {said[^1].Error}";
                    return Problem(said[^1]) is { } problem ? $"{problem}: {words}"
                        : said[^1].ExitCode == 0 && !predictions.SequenceEqual(expected)
                            ? $"other predictions, unnoticed: {words}"
                        : null;
                })
        );
    }

    [Theory]
    [InlineData("pipeline.yaml")]
    [InlineData("rows.sql")]
    public async Task No_changed_file_of_a_pipeline_becomes_a_bug(string file)
    {
        await EachAsync(
            Rounds.Of(few: 4, many: 250),
            async round =>
            {
                await using var workspace = new FolderAndDuckDb();
                workspace.WriteFile("pipelines/parcels/pipeline.yaml", Parcels.Spec);
                workspace.WriteFile("pipelines/parcels/rows.sql", Parcels.Sql);
                var how = Mutation.Apply(
                    Path.Combine(workspace.Folder, "pipelines", "parcels", file),
                    new Random(round)
                );

                var ended = await Programs.RunAsync(
                    "trainyard",
                    [
                        "validate",
                        Path.Combine(workspace.Folder, "pipelines", "parcels"),
                        "--warehouse",
                        Workspace.Warehouse,
                    ]
                );

                return Problem(ended) is { } problem
                    ? $"{problem}: round {round}, {file}, {how}: exit code {ended.ExitCode}: {ended.Error}"
                    : null;
            }
        );
    }

    /// <summary>A model, and a score run s1 whose next step would be features; its features are there all the same,
    /// for rounds that start from them.</summary>
    private async Task ReachFeaturesAsync()
    {
        await Parcels.TrainedAsync("2024-05-20");
        (
            await Parcels.StepAsync(
                "extract",
                "s1",
                "--kind",
                "score",
                "--as-of",
                "2024-05-21",
                "--warehouse",
                Workspace.Warehouse
            )
        ).With(0);
        (await Parcels.StepAsync("features", "s1")).With(0);
    }

    /// <summary>Does something in a copy of the workspace, made of hard links, and removes it.</summary>
    private async Task<T> InCopyAsync<T>(Func<string, Task<T>> action)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"trainyard-mutation-{Guid.NewGuid():N}");
        await Cli.Wrap("cp")
            .WithArguments(["-al", Path.Combine(Workspace.Folder, "."), copy])
            .ExecuteAsync(TestContext.Current.CancellationToken);
        try
        {
            return await action(copy);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Runs steps in a copy of the workspace until one fails, and returns what was published.</summary>
    private static async Task<IReadOnlyList<string>> PredictAsync(string folder, string[] steps, List<Ended> said)
    {
        var (store, warehouse) = (Path.Combine(folder, "store"), Path.Combine(folder, "warehouse.duckdb"));
        var own = Path.Combine(folder, "own.duckdb");
        File.Copy(warehouse, own);
        var run = steps[0] == "extract" ? "s2" : "s1";
        if (steps[0] == "features")
        {
            Directory.Delete(Path.Combine(store, "parcels", "runs", run, "features"), recursive: true);
        }

        foreach (var step in steps)
        {
            string[] more =
                step == "extract" ? ["--kind", "score", "--as-of", "2024-05-21", "--warehouse", $"duckdb:{own}"]
                : step == "score" ? ["--warehouse", $"duckdb:{own}"]
                : [];
            said.Add(
                await Programs.RunAsync(
                    step,
                    [
                        "--pipeline",
                        step == "extract" ? Path.Combine(folder, "pipelines", "parcels") : "parcels",
                        "--run-id",
                        run,
                        "--store",
                        store,
                        .. more,
                    ]
                )
            );
            if (said[^1].ExitCode != 0)
            {
                return [];
            }
        }

        return FolderAndDuckDb.QueryFile(
            own,
            "SELECT parcel_id, cutoff, model, hindsight, probability, predicted FROM "
                + "trainyard.parcels_predictions ORDER BY ALL"
        );
    }

    /// <summary>What is wrong with how a program ended: a bug, or words that are no sentence for a person.</summary>
    private static string? Problem(Ended ended) =>
        !Expected.Contains(ended.ExitCode) ? "an unexpected exit code"
        : ended.ExitCode != 0
        && (
            ended.Words.Length == 0
            || ended.LastWords.Contains("   at ", StringComparison.Ordinal)
            || ended.LastWords[^1] is not ('.' or '?' or '!')
        )
            ? "no sentence"
        : null;

    /// <summary>Makes all rounds, two at a time, and reports every one that went wrong.</summary>
    private static async Task EachAsync(int rounds, Func<int, Task<string?>> round)
    {
        var problems = new ConcurrentBag<string>();
        await Parallel.ForAsync(
            0,
            rounds,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 2,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (number, _) =>
            {
                if (await round(number) is { } problem)
                {
                    problems.Add(problem);
                }
            }
        );
        Assert.True(problems.IsEmpty, string.Join("\n\n", problems));
    }
}
