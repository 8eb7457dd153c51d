using System.CommandLine;
using System.Diagnostics;
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
        var streams = StandardStreams.Open();
        var changes = new Changes();
        var tree = new CommandTree(program);
        var parsed = tree.Root.Parse(
            args,
            new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null }
        );
        if (CommandTree.IsBuiltIn(parsed))
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return (int)await EndAsync((ExitCode)code, isRepeatable: true, changes, streams.Output);
        }

        var command = tree.CommandOf(parsed);
        try
        {
            if (command.RunAsync is null)
            {
                var commands = command.Commands.Where(sub => !sub.IsHidden).Select(sub => sub.Name);
                throw Fault.Usage(
                    CommandTree.Problems(parsed, tree).FirstOrDefault()
                        ?? $"Say which command: {string.Join(", ", commands)}. --help says more."
                );
            }

            var environment = EnvironmentVariables.Read();
            var settings = Settings.Read(
                command.Settings,
                tree.TextOf(parsed),
                environment,
                CommandTree.Problems(parsed, tree)
            );
            return (int)
                await RunAsync(command, settings, CommandTree.ArgumentsOf(parsed), environment, changes, streams);
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
        IReadOnlyDictionary<string, string> environment,
        Changes changes,
        StandardStreams streams
    )
    {
        await using var log = Log.Create(settings.TryGet(CommonSettings.Log, out var form) ? form : null, environment);
        using var stop = new CancellationTokenSource();
        var sinceStop = new Stopwatch();
        using var limit = settings.TryGet(CommonSettings.TimeLimit, out var time)
            ? new CancellationTokenSource(time)
            : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, limit.Token);
        using var signals = new Signals(Stop);
        Lifeline.Watch(environment, Stop);
        MemoryGuard.Start(streams.Error);

        var invocation = new Invocation(settings, arguments, environment, log, changes);
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

            failure =
                !work.IsCompletedSuccessfully && either.IsCancellationRequested
                    ? Stopped(stop, time, work.IsCompleted, changes)
                    : null;
            code = failure?.Code ?? await work;
        }
        catch (Exception error)
        {
            failure = Failures.Explain(error, changes);
            code = failure.Code;
            log.Debug("Failed: {Trace:l}", Failures.TraceOf(error));
        }

        if (failure is not null)
        {
            await log.DisposeAsync();
            await Console.Error.WriteLineAsync(failure.Sentence);
            await NoteAsync(invocation, failure, sinceStop.IsRunning ? StoppedBy - sinceStop.Elapsed : NotingTime);
        }

        return await EndAsync(code, invocation.IsRepeatable, changes, streams.Output);

        void Stop()
        {
            try
            {
                sinceStop.Start();
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The program has ended already.
            }
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

    /// <summary>Where the result could not be written, the same command says it again: worth a retry, unless the
    /// command would do again what it has done.</summary>
    private static async Task<ExitCode> EndAsync(ExitCode code, bool isRepeatable, Changes changes, LossyStream output)
    {
        if (code is not (ExitCode.Done or ExitCode.NothingToDo) || output.Failure is not { } failure)
        {
            return code;
        }

        await Console.Error.WriteLineAsync(
            string.Join(
                ' ',
                new[]
                {
                    $"The result could not be written to standard output: {IoFaults.Explain(failure).Why}.",
                    changes.Sentences,
                    isRepeatable ? "The same command says it again, and does nothing twice." : "",
                }.Where(sentence => sentence.Length > 0)
            )
        );
        return isRepeatable ? ExitCode.Unavailable : code;
    }

    private static Failure Stopped(CancellationTokenSource stop, TimeSpan limit, bool hasEnded, Changes changes)
    {
        var (code, why) = stop.IsCancellationRequested
            ? (ExitCode.Stopped, "Stopped by a signal")
            : (ExitCode.TemporaryFailure, $"Stopped after {limit.TotalSeconds:0.#} s, the time limit");
        var what =
            (hasEnded ? "; what was begun has been undone" : "; what was begun is left behind, where nobody reads it")
            + ", and the same command takes up the run again.";
        return new(
            code,
            changes.AreNone ? why + what : $"{why}. {changes.Sentences} The same command takes up the run again."
        );
    }

    private static async Task Cancelled(CancellationToken cancel)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancel.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
