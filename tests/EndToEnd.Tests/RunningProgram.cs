using System.Diagnostics;
using System.Text;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A built program while it runs, to be stopped or killed.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly StringBuilder _said = new();

    private RunningProgram(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _error = ListenAsync(process.StandardError);
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

    /// <summary>Waits until its standard error has some words.</summary>
    public async Task SaysAsync(string words)
    {
        while (!Said().Contains(words, StringComparison.Ordinal))
        {
            Assert.False(_error.IsCompleted, $"It has ended without '{words}': {Said()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }

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

    private async Task<string> ListenAsync(StreamReader error)
    {
        while (await error.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lock (_said)
            {
                _said.Append(line).Append('\n');
            }
        }

        return Said();
    }

    private string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }
}
