using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard plan</c>: writes the <c>plan.json</c> that Airflow reads.</summary>
internal static class PlanCommand
{
    private const string PipelinesFolder = "pipelines";

    private static readonly Setting<bool> Check = Setting.Flag(
        "--check",
        "Write nothing, and end with 78 where a plan is not what its folder says."
    );

    public static Command Create() =>
        new()
        {
            Name = "plan",
            Summary = "Writes plan.json into pipelines' folders: all that Airflow needs to know of them.",
            Arguments =
            [
                new(
                    CliSettings.PipelineArgument,
                    $"The pipelines' folders. Without one: all in {PipelinesFolder}/.",
                    IsRequired: false,
                    IsList: true
                ),
            ],
            Settings = [Check, CommonSettings.Log],
            Examples = ["trainyard plan", "trainyard plan pipelines/flights --check"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var plans = Folders(invocation)
            .Select(folder => PipelineFolder.Load(folder))
            .Select(pipeline =>
                (File: Path.Combine(pipeline.Folder, FolderHash.PlanFile), Content: Json.Bytes(Planning.Of(pipeline)))
            )
            .ToList();
        var stale = plans
            .Where(plan =>
                !File.Exists(plan.File)
                || !FolderHash.WithLineFeeds(File.ReadAllBytes(plan.File)).AsSpan().SequenceEqual(plan.Content)
            )
            .ToList();
        if (invocation.Get(Check) && stale.Count > 0)
        {
            throw Fault.Several(
                ExitCode.BadConfiguration,
                stale.Select(plan =>
                    $"{plan.File} is not the plan of its folder any more: run `trainyard plan "
                    + $"{Path.GetDirectoryName(plan.File)}` and commit what it writes. Nothing was changed."
                )
            );
        }

        foreach (var (file, content) in plans)
        {
            if (stale.Any(plan => plan.File == file))
            {
                await WriteAsync(file, content, cancel);
                invocation.Changes.Made($"{file} is written.");
                await invocation.Output.WriteLineAsync($"{file}: written.");
            }
            else
            {
                await invocation.Output.WriteLineAsync($"{file}: up to date.");
            }
        }

        return ExitCode.Done;
    }

    private static async Task WriteAsync(string file, byte[] content, CancellationToken cancel)
    {
        try
        {
            await File.WriteAllBytesAsync(file, content, cancel);
        }
        catch (Exception problem) when (IoFaults.Is(problem))
        {
            throw IoFaults.Of(problem, $"{file} cannot be written", file);
        }
    }

    private static IReadOnlyList<string> Folders(Invocation invocation)
    {
        if (invocation.Arguments(CliSettings.PipelineArgument) is { Count: > 0 } given)
        {
            return given;
        }

        IReadOnlyList<string> found = Directory.Exists(PipelinesFolder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(PipelinesFolder)
                    .Where(folder => File.Exists(Path.Combine(folder, PipelineFolder.SpecFile)))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
        return found.Count > 0
            ? found
            : throw Fault.MissingInput(
                $"There is no pipeline in {PipelinesFolder}/ here: name the pipelines' folders. Nothing was changed."
            );
    }
}
