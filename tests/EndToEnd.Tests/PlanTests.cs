using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary><c>trainyard plan</c>, and the hash by which a plan and the folder in an image know each other.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("trainyard-test-").FullName;

    private string Folder => Path.Combine(_root, "pipelines", "parcels");

    public PlanTests()
    {
        Directory.CreateDirectory(Folder);
        Write(
            Parcels.Spec
                + "schedule: {train: \"0 6 * * SUN\", score: \"30 1 * * *\", expected_by: \"02:05\"}\nshards: "
                + "3\nsteps: {train: {memory: 8g, cpus: 3.5, time_limit: 90m, pool: training, retries: 0}}\n"
        );
        File.WriteAllText(Path.Combine(Folder, "rows.sql"), Parcels.Sql);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task The_plans_in_this_repository_are_those_of_their_folders() =>
        (await Programs.RunAsync("trainyard", ["plan", "--check"], folder: Programs.Root)).With(0);

    [Fact]
    public async Task A_plan_holds_what_a_scheduler_needs()
    {
        Assert.Equal("pipelines/parcels/plan.json: written.\n", (await PlanAsync()).With(0).Output);

        var plan = Read();
        Assert.Equal(
            ("America/New_York", "0 6 * * SUN", "30 1 * * *", "5 2 * * *"),
            (
                (string)plan["zone"]!,
                (string)plan["train"]!["schedule"]!,
                (string)plan["score"]!["schedule"]!,
                (string)plan["check"]!["schedule"]!
            )
        );
        Assert.Equal(
            ["extract", "features", "train", "report", "record"],
            Tasks(plan, "train").Select(task => (string)task["name"]!)
        );
        Assert.Equal(
            ["extract", "features", "score", "publish", "report", "record"],
            Tasks(plan, "score").Select(task => (string)task["name"]!)
        );
        Assert.Equal(
            "extract --pipeline /pipelines/parcels --run-id {run_id} --store {store} --time-limit 2h --kind "
                + "train --as-of {as_of} --folder-hash "
                + (string)plan["folder_hash"]!,
            Line(Tasks(plan, "train")[0])
        );
        Assert.Equal(
            "score --pipeline parcels --run-id {run_id} --store {store} --time-limit 2h --shard {shard}",
            Line(Tasks(plan, "score")[2])
        );
        Assert.Equal(
            "score --pipeline parcels --run-id {run_id} --store {store} --time-limit 2h --publish 3",
            Line(Tasks(plan, "score")[3])
        );
        Assert.Equal("cli record parcels {run_id} --store {store}", Line(Tasks(plan, "train")[^1]));
        Assert.Equal(
            ["reader", "writer"],
            new[] { "train", "score" }
                .SelectMany(kind => Tasks(plan, kind))
                .SelectMany(task => task["connections"]!.AsArray())
                .Select(name => (string)name!)
                .Distinct()
                .Except(["store"])
        );
        Assert.Equal(
            """{"memory":"8g","cpus":3.5,"threads":4,"pool":"training","retries":0,"time_limit":"90m"}""",
            Resources(Tasks(plan, "train")[2])
        );
        Assert.Equal(["as_of", "promote", "limit"], plan["train"]!["form"]!.AsObject().Select(field => field.Key));
        Assert.Contains(
            "better than the baseline by 0.05 at least; worse than the champion by 0.1 at most.",
            (string)plan["train"]!["doc"]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plan_is_stale_when_a_source_changes_and_not_when_something_is_built()
    {
        (await PlanAsync()).With(0);
        Directory.CreateDirectory(Path.Combine(Folder, "features", "bin"));
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "features", "bin", "x.dll"),
            "built",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(Path.Combine(Folder, "NOTES"), "a note", TestContext.Current.CancellationToken);
        foreach (var name in new[] { "pipeline.yaml", "rows.sql", "plan.json" })
        {
            // As a check-out on Windows leaves them.
            var file = Path.Combine(Folder, name);
            await File.WriteAllTextAsync(
                file,
                (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\r\n"),
                TestContext.Current.CancellationToken
            );
        }

        Assert.Equal("pipelines/parcels/plan.json: up to date.\n", (await PlanAsync("--check")).With(0).Output);

        await File.AppendAllTextAsync(Path.Combine(Folder, "rows.sql"), "\r\n", TestContext.Current.CancellationToken);
        var ended = (await PlanAsync("--check")).With(78);

        Assert.Equal(
            "pipelines/parcels/plan.json is not the plan of its folder any more: run `trainyard plan "
                + "pipelines/parcels` and commit what it writes. Nothing was changed.",
            ended.LastWords
        );
        Assert.Equal("pipelines/parcels/plan.json: written.\n", (await PlanAsync("pipelines/parcels")).With(0).Output);
        (await PlanAsync("pipelines/parcels", "--check")).With(0);
    }

    [Fact]
    public async Task A_broken_spec_is_78_and_leaves_the_plan_as_it_was()
    {
        (await PlanAsync()).With(0);
        var before = await File.ReadAllTextAsync(
            Path.Combine(Folder, "plan.json"),
            TestContext.Current.CancellationToken
        );
        Write(Parcels.Spec + "steps: {train: {memory: 8 GB, cpu: 2}}\n");

        var ended = (await PlanAsync()).With(78);

        Assert.Contains(
            "memory is '8 GB', which has not the form expected here. Write for example 4g.",
            ended.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("there is no key 'cpu' here. Did you mean 'cpus'?", ended.Error, StringComparison.Ordinal);
        Assert.Equal(
            before,
            await File.ReadAllTextAsync(Path.Combine(Folder, "plan.json"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Where_there_is_no_pipeline_it_says_so() =>
        Assert.Equal(
            "There is no pipeline in pipelines/ here: name the pipelines' folders. Nothing was changed.",
            (await Programs.RunAsync("trainyard", ["plan"], folder: Folder)).With(66).LastWords
        );

    private void Write(string spec) => File.WriteAllText(Path.Combine(Folder, "pipeline.yaml"), spec);

    private Task<Ended> PlanAsync(params string[] arguments) =>
        Programs.RunAsync("trainyard", ["plan", .. arguments], folder: _root);

    private JsonNode Read() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "plan.json")))!;

    private static IReadOnlyList<JsonNode> Tasks(JsonNode plan, string kind) =>
        [.. plan[kind]!["tasks"]!.AsArray().OfType<JsonNode>()];

    private static string Line(JsonNode task) =>
        string.Join(' ', task["arguments"]!.AsArray().Select(word => (string)word!).Prepend((string)task["program"]!));

    private static string Resources(JsonNode task) =>
        new JsonObject(
            new[] { "memory", "cpus", "threads", "pool", "retries", "time_limit" }.Select(name =>
                KeyValuePair.Create(name, task[name]?.DeepClone())
            )
        ).ToJsonString();
}

/// <summary>extract and the plan's hash.</summary>
public sealed class FolderHashTests : ParcelsTests<FolderAndDuckDb>
{
    [Fact]
    public async Task An_image_with_another_folder_than_the_plans_is_78()
    {
        (await Programs.RunAsync("trainyard", ["plan", Parcels.Folder])).With(0);
        var hash = (string)
            JsonNode.Parse(
                await File.ReadAllTextAsync(
                    Path.Combine(Parcels.Folder, "plan.json"),
                    TestContext.Current.CancellationToken
                )
            )!["folder_hash"]!;
        Parcels.Edit("rows.sql", "SELECT", "SELECT  ");

        var ended = (await ExtractAsync("another", ("TRAINYARD_FOLDER_HASH", hash))).With(78);

        Assert.Matches(
            $"^The pipeline's folder {Parcels.Folder} is not the one that the plan was made of: its hash is "
                + $"[0-9a-f]{{64}}, the plan's {hash}. Make plan and images from one commit",
            ended.LastWords
        );
        Assert.Empty(await Workspace.ListAsync());

        Parcels.Edit("rows.sql", "SELECT  ", "SELECT");
        (await ExtractAsync("the-same", ("TRAINYARD_FOLDER_HASH", hash))).With(0);
    }

    private Task<Ended> ExtractAsync(string run, (string, string?) hash) =>
        Workspace.RunAsync(
            "extract",
            [
                "--pipeline",
                Parcels.Folder,
                "--run-id",
                run,
                "--kind",
                "train",
                "--as-of",
                "2024-05-17",
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
            ],
            hash
        );
}
