using System.Diagnostics;
using System.Reflection;

namespace Trainyard.Tests.Servers;

/// <summary>A server that scripts/serve started. It ends with this program, however that ends: the script sees its
/// standard input end.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // An image may have to be built, or packages installed.
    private static readonly TimeSpan FirstStart = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan Restart = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LastStop = TimeSpan.FromSeconds(60);

    // A port that was free may be taken by the time the server listens, so Docker is asked once more.
    private static readonly string[] Ways = ["docker", "docker", "processes"];

    private readonly Process _script;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    private ServerProcess(Process script, IReadOnlyDictionary<string, string> settings)
    {
        (_script, Settings) = (script, settings);
        AppDomain.CurrentDomain.ProcessExit += EndWithProgram;
    }

    /// <summary>Those that it was started with.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Starts what is there: Docker, or the programs of this machine.</summary>
    /// <param name="choose">The settings, chosen anew for each try.</param>
    /// <exception cref="NoServerException">Neither is; the message has the reason of each try.</exception>
    public static async Task<ServerProcess> StartAsync(string what, Func<IReadOnlyDictionary<string, string>> choose)
    {
        var reasons = new List<string>();
        foreach (var how in Ways)
        {
            var settings = choose();
            var root = Assembly
                .GetExecutingAssembly()
                .GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(data => data.Key == "RepositoryRoot")
                .Value!;
            // A session of its own: a Ctrl+C meant for the tests is not for the script, which has to clean up after
            // them.
            var start = new ProcessStartInfo("setsid", [Path.Combine(root, "tests/Servers/scripts/serve"), how, what])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            foreach (var (name, value) in settings)
            {
                start.Environment[name] = value;
            }

            var server = new ServerProcess(Process.Start(start)!, settings);
            try
            {
                await server.AnswerAsync(FirstStart);
                return server;
            }
            catch (IOException notThere)
            {
                reasons.Add($"with {how}: {notThere.Message}");
                await server.DisposeAsync();
            }
        }

        throw new NoServerException(string.Join("; ", reasons));
    }

    /// <summary>Stops or starts the server (`stop`, `start`), and returns when that is done.</summary>
    public async Task CommandAsync(string command)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            await _script.StandardInput.WriteLineAsync(command);
            await _script.StandardInput.FlushAsync();
            await AnswerAsync(Restart);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithProgram;
        _script.StandardInput.Close();
        using var limit = new CancellationTokenSource(LastStop);
        await _script.WaitForExitAsync(limit.Token);
        _script.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task AnswerAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        string? line;
        try
        {
            line = await _script.StandardOutput.ReadLineAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new IOException($"it did not answer within {within}");
        }

        if (line != "ok")
        {
            throw new IOException(
                line?.Replace("failed: ", "", StringComparison.Ordinal).Trim() ?? "the script ended without a word"
            );
        }
    }

    /// <summary>The program goes on until the server is gone, so that nothing is left when the last line of the tests
    /// is printed.</summary>
    private void EndWithProgram(object? sender, EventArgs e)
    {
        _script.StandardInput.Close();
        _script.WaitForExit(LastStop);
    }
}
