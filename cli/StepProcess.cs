using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>A step as a child process.</summary>
internal static class StepProcess
{
    /// <summary>Runs a step to its end.</summary>
    /// <param name="line">Which step, with its command line.</param>
    /// <param name="onLog">Called with each line of the step's log.</param>
    /// <param name="cancel">Stops the step as SIGINT would, and waits until it has cleaned up.</param>
    public static async Task<StepResult> RunAsync(
        StepCommandLine line,
        Action<JsonObject> onLog,
        CancellationToken cancel
    )
    {
        var output = new StringBuilder();
        var last = "";
        var command = Child(
                line.Step,
                [.. line.Arguments, "--output", "json", "--log", "json"],
                new Dictionary<string, string?>(line.Variables) { ["TRAINYARD_PROGRESS_SECONDS"] = "1" }
            )
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(
                PipeTarget.ToDelegate(text =>
                {
                    if (AsLog(text) is { } log)
                    {
                        onLog(log);
                    }
                    else
                    {
                        last = last.Length == 0 ? text : last + "\n" + text;
                    }
                })
            );
        var result = await command.ExecuteAsync(CancellationToken.None, cancel);
        var code = CodeOf(result);
        return code is ExitCode.Done or ExitCode.NothingToDo
            ? new StepResult(code, Read(output.ToString(), out var alreadyDone), alreadyDone, null)
            : new StepResult(
                code,
                null,
                false,
                last.Length > 0
                    ? last
                    : $"The step {EnumText.Of(line.Step)} ended with code {result.ExitCode} and " + "said nothing."
            );
    }

    /// <summary>Runs a step's program to its end as if it were this one: its output and its errors are ours.</summary>
    public static async Task<ExitCode> PassAsync(
        StepName step,
        IReadOnlyList<string> arguments,
        Invocation invocation,
        CancellationToken cancel
    )
    {
        var ended = await Child(step, arguments, new Dictionary<string, string?>())
            .WithStandardOutputPipe(PipeTarget.ToDelegate(invocation.Output.WriteLineAsync))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(invocation.Error.WriteLineAsync))
            .ExecuteAsync(CancellationToken.None, cancel);
        return CodeOf(ended);
    }

    /// <summary>The same, but for its output, which is read.</summary>
    public static async Task<(ExitCode Code, string Output)> ReadAsync(
        StepName step,
        IReadOnlyList<string> arguments,
        Invocation invocation,
        CancellationToken cancel
    )
    {
        var output = new StringBuilder();
        var ended = await Child(step, arguments, new Dictionary<string, string?>())
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(invocation.Error.WriteLineAsync))
            .ExecuteAsync(CancellationToken.None, cancel);
        return (CodeOf(ended), output.ToString());
    }

    /// <summary>A step's program as a process that ends with this one, however this one ends.</summary>
    private static CliWrap.Command Child(
        StepName step,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?> variables
    ) =>
        CliWrap
            .Cli.Wrap(Dotnet())
            .WithArguments([Assembly(step), .. arguments])
            .WithEnvironmentVariables(
                new Dictionary<string, string?>(variables) { [Lifeline.Variable] = Lifeline.StandardInput }
            )
            .WithStandardInputPipe(PipeSource.Create((_, ended) => Task.Delay(Timeout.Infinite, ended)))
            .WithValidation(CommandResultValidation.None);

    private static ExitCode CodeOf(CommandResult ended) =>
        Enum.IsDefined((ExitCode)ended.ExitCode) ? (ExitCode)ended.ExitCode : ExitCode.Bug;

    private static Manifest Read(string output, out bool alreadyDone)
    {
        var json = JsonNode.Parse(output)!.AsObject();
        alreadyDone = json["already_done"]!.GetValue<bool>();
        json.Remove("already_done");
        return Documents.Read<Manifest>(Json.Bytes(json), "what the step printed");
    }

    private static JsonObject? AsLog(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonNode.Parse(line) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The host that runs this very process, wherever .NET was installed.</summary>
    private static string Dotnet()
    {
        var host = Path.GetFullPath(
            Path.Combine(
                RuntimeEnvironment.GetRuntimeDirectory(),
                "..",
                "..",
                "..",
                OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"
            )
        );
        return File.Exists(host) ? host : "dotnet";
    }

    /// <summary>The step's program: in the folder of this one, beside it in the build's output, or in a folder of its
    /// own beside it.</summary>
    public static string Assembly(StepName step) =>
        Find(step)
        ?? throw Fault.BadConfiguration(
            $"trainyard starts the steps' programs for this, and '{EnumText.Of(step)}' is not beside it (looked for "
                + $"{string.Join(", ", PlacesOf(step))}): build it (make build), or where there are only images, start "
                + $"it from its own (docker run trainyard/{EnumText.Of(step)} --help). Nothing was changed."
        );

    /// <summary>The same; null where it is in none of these places.</summary>
    public static string? Find(StepName step) => PlacesOf(step).FirstOrDefault(File.Exists);

    private static IEnumerable<string> PlacesOf(StepName step)
    {
        var name = EnumText.Of(step);
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string[] places =
        [
            Path.Combine(here, $"{name}.dll"),
            Path.Combine(here, "..", "..", name, Path.GetFileName(here), $"{name}.dll"),
            Path.Combine(here, "..", name, $"{name}.dll"),
        ];
        return places.Select(Path.GetFullPath);
    }
}

/// <summary>How a step ended.</summary>
/// <param name="Manifest">Of a step that ended well.</param>
/// <param name="Sentence">Of a step that failed: its last words.</param>
internal sealed record StepResult(ExitCode Code, Manifest? Manifest, bool AlreadyDone, string? Sentence);
