using System.Text;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What docs/extending.md says is true: with the files of tests/Toy and a line in each list, a copy of the
/// sources has a task, a trainer and a metric more, from the schema to the warehouse.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class ExtendingTests : WorkspaceTests<FolderAndDuckDb>
{
    private static readonly (string File, string Last, string Added)[] Lists =
    [
        ("kit/Pipelines/Tasks/ModelTask.cs", "Regression", "Sign"),
        ("kit/Pipelines/Trainers/Trainer.cs", "Auto", "Stump"),
        ("kit/Pipelines/Metrics/Metric.cs", "IntervalScore", "WrongSides"),
        ("kit/Learning/Tasks/LearningTasks.cs", "new RegressionTask()", "new Sign.SignTask()"),
        ("kit/Trainers/TrainerList.cs", "new LinearTrainer()", "new Stump.StumpTrainer()"),
        ("kit/Learning/Metrics/Measures.cs", "new IntervalScore()", "new WrongSides()"),
    ];

    private Meters Meters => new(Workspace);

    private string Sources => Path.Combine(Workspace.Folder, "sources");

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task A_task_a_trainer_and_a_metric_are_their_files_and_a_line_each()
    {
        CopySources();
        foreach (var (file, last, added) in Lists)
        {
            var path = Path.Combine(Sources, file);
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            var list = text.IndexOf(" All ", StringComparison.Ordinal);
            var end = text.IndexOf(last, list, StringComparison.Ordinal) + last.Length;
            await File.WriteAllTextAsync(path, text.Insert(end, $", {added}"), TestContext.Current.CancellationToken);
        }

        await BuildAsync();
        Meters.Write(
            y: "y - 60",
            spec: spec =>
                spec.Replace($"task: regression, {Meters.Options}", "task: sign", StringComparison.Ordinal)
                    .Replace("metric: rmse", "metric: wrong_sides", StringComparison.Ordinal)
        );

        var ended = (
            await Programs.RunAssemblyAsync(
                Path.Combine(Sources, "artifacts", "bin", "trainyard", "release", "trainyard.dll"),
                [
                    "run",
                    Meters.Folder,
                    "--as-of",
                    Meters.AsOf,
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.Warehouse,
                ]
            )
        ).With(0);

        Assert.Contains("wrong sides is 0.", ended.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ["-1", "1"],
            await Workspace.QueryAsync(
                "SELECT DISTINCT CAST(side AS integer) FROM trainyard.meters_predictions ORDER BY 1"
            )
        );
    }

    /// <summary>All but the tests, and what was built.</summary>
    private void CopySources()
    {
        var files = Directory.EnumerateFiles(Programs.Root).ToList();
        foreach (var folder in new[] { "kit", "steps", "cli", "schema", "tests/Toy/kit" })
        {
            files.AddRange(
                Directory.EnumerateFiles(Path.Combine(Programs.Root, folder), "*", SearchOption.AllDirectories)
            );
        }

        foreach (var file in files.Where(file => !file.Contains("/obj/", StringComparison.Ordinal)))
        {
            var name = Path.GetRelativePath(Programs.Root, file).Replace("tests/Toy/", "", StringComparison.Ordinal);
            var copy = Path.Combine(Sources, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private async Task BuildAsync()
    {
        foreach (
            var program in new[]
            {
                "cli",
                "steps/extract",
                "steps/features",
                "steps/train",
                "steps/score",
                "steps/measure",
                "steps/report",
            }
        )
        {
            var output = new StringBuilder();
            var built = await Cli.Wrap(Programs.Dotnet)
                .WithArguments([
                    "build",
                    Path.Combine(Sources, program),
                    "-c",
                    "Release",
                    "-v",
                    "quiet",
                    "--nologo",
                    "-p:RunAnalyzers=false",
                ])
                .WithWorkingDirectory(Sources)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
                .ExecuteAsync(TestContext.Current.CancellationToken);
            Assert.True(built.ExitCode == 0, output.ToString());
        }
    }
}
