using System.Collections;
using System.CommandLine;
using System.Diagnostics;
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

    /// <summary>How long a failure may take to be written down: less where the program must end within 5 s.</summary>
    private static readonly TimeSpan NotingTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StoppedBy = TimeSpan.FromSeconds(4.7);

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
        var sinceStop = new Stopwatch();
        using var limit = settings.TryGet(CommonSettings.TimeLimit, out var time)
            ? new CancellationTokenSource(time)
            : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, limit.Token);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

        MemoryGuard.Start();

        var invocation = new Invocation(settings, arguments, environment, log);
        ExitCode code;
        Failure? failure;
        try
        {
            // Native calls do not look at tokens: the work is left behind when it has not ended within the grace.
            var work = Task.Run(() => command.RunAsync!(invocation, either.Token), CancellationToken.None);
            await Task.WhenAny(work, Cancelled(either.Token));
            if (either.IsCancellationRequested)
            {
                await Task.WhenAny(work, Task.Delay(Grace, CancellationToken.None));
            }

            failure = !work.IsCompletedSuccessfully && either.IsCancellationRequested ? Stopped(stop, time) : null;
            code = failure?.Code ?? await work;
        }
        catch (Exception error)
        {
            failure = Failures.Explain(error);
            code = failure.Code;
            log.Debug(error, "Failed");
        }

        if (failure is not null)
        {
            await log.DisposeAsync();
            await Console.Error.WriteLineAsync(failure.Sentence);
            await NoteAsync(invocation, failure, sinceStop.IsRunning ? StoppedBy - sinceStop.Elapsed : NotingTime);
        }

        return code;

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            sinceStop.Start();
            stop.Cancel();
        }
    }

    /// <summary>Whatever comes of it, the program has failed of what it has said.</summary>
    private static async Task NoteAsync(Invocation invocation, Failure failure, TimeSpan most)
    {
        if (invocation.OnFailure is not { } note || most <= TimeSpan.Zero)
        {
            return;
        }

        using var limit = new CancellationTokenSource(most);
        var noted = Task.Run(() => note(failure, limit.Token), CancellationToken.None);
        await Task.WhenAny(noted, Cancelled(limit.Token));
    }

    private static Failure Stopped(CancellationTokenSource stop, TimeSpan limit) =>
        stop.IsCancellationRequested
            ? new(
                ExitCode.Stopped,
                "Stopped by a signal; what was begun has been undone, and the same command takes up the run again."
            )
            : new(
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
