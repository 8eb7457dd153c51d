using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Trainyard.Tests.Images;

/// <summary>A step as process 1 of a container: signals, exit codes, and what the container lets it have.</summary>
public sealed class ProcessTests : ImageTests
{
    [Theory]
    [InlineData(
        "extract",
        "--pipeline p --run-id r --store /tmp/s --kind twain --as-of 2024-01-01 --warehouse duckdb:w",
        64,
        "--kind is 'twain', but one of train, score, measure is expected. Example: --kind train"
    )]
    [InlineData(
        "train",
        "--pipeline p --run-id r --store /tmp/s",
        66,
        "There is no run 'r' of pipeline 'p' in /tmp/s: run its extract step first."
    )]
    [InlineData(
        "report",
        "--pipeline p --run-id r --store /proc/s",
        66,
        "There is no run 'r' of pipeline 'p' in /proc/s: run its extract step first."
    )]
    [InlineData("cli", "runz", 64, "'runz' is not known here. Did you mean 'run'?")]
    public async Task Its_exit_code_and_its_last_words_arrive(string image, string arguments, int code, string words)
    {
        var ended = (await Docker.RunAsync(["run", "--rm", StepImages.Of(image), .. arguments.Split(' ')])).With(code);

        Assert.StartsWith(words, ended.LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_is_143_within_five_seconds_and_there_was_never_a_second_process()
    {
        using var yard = await Yard.MakeAsync();
        var query = Path.Combine(yard.Folder, "pipelines/flights/rows.sql");
        var sql = await File.ReadAllTextAsync(query, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            query,
            sql.Replace(
                "FROM flights\n",
                "FROM (SELECT flights.* FROM flights WHERE (SELECT sum(sqrt(a.i + b.i)) FROM "
                    + "generate_series(1, 300000) AS a(i), generate_series(1, 300000) AS b(i)) > 0) AS flights\n",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        var container = (
            await Docker.PasteAsync(
                ReadmeLines.Embedded[0].Replace("run --rm", "run -d", StringComparison.Ordinal),
                yard.Folder
            )
        )
            .With(0)
            .Output.Trim();
        try
        {
            while (
                !(await Docker.RunAsync("logs", container)).Error.Contains("Reading duckdb:", StringComparison.Ordinal)
            )
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            await Task.Delay(500, TestContext.Current.CancellationToken);
            var processes = (await Docker.RunAsync("top", container, "-o", "pid,stat"))
                .With(0)
                .Output.Trim()
                .Split('\n');
            var watch = Stopwatch.StartNew();
            (await Docker.RunAsync("stop", "-t", "30", container)).With(0);

            Assert.Equal(2, processes.Length);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed.TotalSeconds:0.0} s.");
            Assert.Equal(143, (int)(await Docker.InspectAsync(container))["State"]!["ExitCode"]!);
            Assert.Equal(
                "Stopped by a signal; what was begun has been undone, and the same command takes up the run again.",
                (await Docker.RunAsync("logs", container)).LastWords
            );
            Assert.False(File.Exists(Path.Combine(yard.Data, "store/flights/runs/train.1/run.json")));
        }
        finally
        {
            await Docker.RunAsync("rm", "-f", container);
        }
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.5", 2)]
    public async Task It_follows_the_limits_of_its_container_and_says_so(string cpus, int threads)
    {
        Assert.SkipWhen(Environment.ProcessorCount < 2, "needs two processors");

        var ended = (
            await Docker.RunAsync(
                "run",
                "--rm",
                "--cpus",
                cpus,
                "--memory",
                "400m",
                StepImages.Of("train"),
                "--pipeline",
                "p",
                "--run-id",
                "r",
                "--store",
                "/tmp/s"
            )
        ).With(66);

        var first = JsonNode.Parse(ended.Error.Split('\n')[0])!;
        Assert.Equal((threads, 300L << 20), ((int)first["Threads"]!, (long)first["MemoryBytes"]!));
        Assert.Equal($"{StepImages.Version}+{StepImages.Revision}", (string?)first["Version"]);
    }

    [Theory]
    [InlineData(
        "extract",
        "300m",
        @"^pipelines/flights/rows\.sql: Out of Memory Error: "
            + "|^The 300 MiB of memory that this container may have are used up: "
    )]
    [InlineData("features", "32m", "^The 32 MiB of memory that this container may have are used up: ")]
    [InlineData(
        "train",
        "80m",
        "^The (60 MiB of memory for objects|80 MiB of memory that this container may have) are used up: "
    )]
    public async Task Where_the_memory_ends_it_says_so_before_it_is_killed(string step, string memory, string words)
    {
        using var yard = await Yard.MakeAsync();
        await yard.LoadAsync(rowsPerDay: 900);
        var lines = ReadmeLines
            .Embedded.TakeWhile(line => !line.Contains($"trainyard/{step}:", StringComparison.Ordinal))
            .ToList();
        (await Docker.PasteAsync(string.Join('\n', lines), yard.Folder)).With(0);
        var limited = ReadmeLines
            .Embedded[lines.Count]
            .Replace(
                "run --rm",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"run --rm --memory {memory} --memory-swap {memory} --tmpfs /tmp"
                ),
                StringComparison.Ordinal
            );

        var ended = (await Docker.PasteAsync(limited, yard.Folder)).With(78);

        Assert.Matches(words, ended.LastWords);
        Assert.Contains("the step more", ended.LastWords, StringComparison.Ordinal);
        (await Docker.PasteAsync(ReadmeLines.Embedded[lines.Count], yard.Folder)).With(0);
    }
}
