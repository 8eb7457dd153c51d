using System.Collections;
using System.CommandLine;
using System.Runtime.InteropServices;
using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>
/// Runs a console program: reads its command line, starts the log, and turns whatever happens into one sentence on
/// standard error and an exit code.
/// </summary>
public static class ConsoleProgram
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync(string[] args, Command program)
    {
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        var tree = new CommandTree(program);
        var parsed = tree.Root.Parse(
            args,
            new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null }
        );
        if (CommandTree.IsBuiltIn(parsed))
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }

        var command = tree.CommandOf(parsed);
        try
        {
            if (command.RunAsync is null)
            {
                throw Fault.Usage(
                    CommandTree.Problems(parsed, tree).FirstOrDefault()
                        ?? "Say which command: "
                            + $"{string.Join(", ", command.Commands.Where(sub => !sub.IsHidden).Select(sub => sub.Name))}. "
                            + "--help says more."
                );
            }

            var settings = Settings.Read(
                command.Settings,
                tree.TextOf(parsed),
                environment,
                CommandTree.Problems(parsed, tree)
            );
            return (int)await RunAsync(command, settings, CommandTree.ArgumentsOf(parsed), environment);
        }
        catch (Fault fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return (int)fault.Code;
        }
    }

    private static async Task<ExitCode> RunAsync(
        Command command,
        Settings settings,
        IReadOnlyDictionary<string, IReadOnlyList<string>> arguments,
        IReadOnlyDictionary<string, string> environment
    )
    {
        await using var log = Log.Create(settings.TryGet(CommonSettings.Log, out var form) ? form : null, environment);
        using var stop = new CancellationTokenSource();
        using var limit = settings.TryGet(CommonSettings.TimeLimit, out var time)
            ? new CancellationTokenSource(time)
            : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, limit.Token);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

        MemoryGuard.Start();

        ExitCode code;
        string? sentence;
        try
        {
            var invocation = new Invocation(settings, arguments, environment, log);

            // Native calls do not look at tokens: the work is left behind when it has not ended within the grace.
            var work = Task.Run(() => command.RunAsync!(invocation, either.Token), CancellationToken.None);
            await Task.WhenAny(work, Cancelled(either.Token));
            if (either.IsCancellationRequested)
            {
                await Task.WhenAny(work, Task.Delay(Grace, CancellationToken.None));
            }

            (code, sentence) =
                work.IsCompletedSuccessfully ? (await work, null)
                : either.IsCancellationRequested ? Stopped(stop, time)
                : (await work, null);
        }
        catch (Exception failure)
        {
            (code, sentence) = Failures.Explain(failure);
            log.Debug(failure, "Failed");
        }

        if (sentence is not null)
        {
            await log.DisposeAsync();
            await Console.Error.WriteLineAsync(sentence);
        }

        return code;

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static (ExitCode Code, string Sentence) Stopped(CancellationTokenSource stop, TimeSpan limit) =>
        stop.IsCancellationRequested
            ? (
                ExitCode.Stopped,
                "Stopped by a signal; what was begun has been undone, and the same command takes up the run again."
            )
            : (
                ExitCode.TemporaryFailure,
                $"Stopped after {limit.TotalSeconds:0.#} s, the time limit; what was begun has been undone, "
                    + "and the same command takes up the run again."
            );

    private static async Task Cancelled(CancellationToken cancel)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancel.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
