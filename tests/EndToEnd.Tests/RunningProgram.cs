using System.Diagnostics;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A built program while it runs, to be stopped or killed.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningProgram(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public bool HasEnded => _process.HasExited;

    public int Id => _process.Id;

    public static RunningProgram Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?> variables
    )
    {
        // Whoever runs the tests may ignore signals (nohup, a job in the background), and a child inherits that.
        var start = new ProcessStartInfo(
            "env",
            ["--default-signal=HUP,INT,QUIT", Programs.Dotnet, Programs.AssemblyOf(program), .. arguments]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in Programs.Clean(variables))
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>As the kernel does when memory is short, or a person who has lost patience: the program cannot do
    /// anything about it.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends SIGTERM, or another signal.</summary>
    /// <returns>How it ended, and how long that took.</returns>
    public async Task<(Ended Ended, TimeSpan Took)> TerminateAsync(string signal = "TERM")
    {
        var watch = Stopwatch.StartNew();
        await Cli.Wrap("kill")
            .WithArguments([$"-{signal}", $"{_process.Id}"])
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return (await EndAsync(), watch.Elapsed);
    }

    public async Task<Ended> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
