using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The built programs, run from outside as a user does.</summary>
internal static class Programs
{
    public static string Root { get; } =
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "RepositoryRoot")
            .Value!;

    public static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>The folder of them all, as <c>make publish</c> makes it; without one each is where it was
    /// built.</summary>
    private static string? Published { get; } = Environment.GetEnvironmentVariable("TRAINYARD_TEST_PROGRAMS");

    public static string AssemblyOf(string program) =>
        Path.Combine(
            Published
                ?? Path.Combine(
                    Root,
                    "artifacts",
                    "bin",
                    program,
                    Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
                ),
            $"{program}.dll"
        );

    /// <summary>Runs a program to its end, with no variables of ours but those given.</summary>
    public static Task<Ended> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? variables = null,
        string? folder = null
    ) => RunAssemblyAsync(AssemblyOf(program), arguments, variables, folder);

    /// <summary>The same of a program that was built elsewhere.</summary>
    public static async Task<Ended> RunAssemblyAsync(
        string assembly,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? variables = null,
        string? folder = null
    )
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var result = await Cli.Wrap(Dotnet)
            .WithArguments([assembly, .. arguments])
            .WithWorkingDirectory(folder ?? Path.GetTempPath())
            .WithEnvironmentVariables(Clean(variables))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return new Ended(result.ExitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a shell's script, which finds the program's command line in "$@".</summary>
    public static async Task<Ended> ShellAsync(
        string script,
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? variables = null
    )
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var result = await Cli.Wrap("sh")
            .WithArguments(["-c", script, "sh", Dotnet, AssemblyOf(program), .. arguments])
            .WithWorkingDirectory(Path.GetTempPath())
            .WithEnvironmentVariables(Clean(variables))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return new Ended(result.ExitCode, output.ToString(), error.ToString());
    }

    /// <summary>The variables of a child process that change ours: those of Trainyard go, the given ones come; null
    /// takes one away.</summary>
    public static Dictionary<string, string?> Clean(IReadOnlyDictionary<string, string?>? variables)
    {
        var clean = Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Where(name => name.StartsWith("TRAINYARD_", StringComparison.Ordinal))
            .ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
        {
            clean[name] = value;
        }

        return clean;
    }
}

/// <summary>How a program ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error)
{
    /// <summary>The last line of standard error: the sentence for a person.</summary>
    public string LastWords => Error.TrimEnd().Split('\n')[^1];

    /// <summary>What standard error says that is no log line.</summary>
    public string Words => string.Join('\n', Error.TrimEnd().Split('\n').Where(line => !line.StartsWith('{')));

    /// <summary>Fails with everything the program said unless it ended with this code.</summary>
    public Ended With(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Expected exit code {exitCode}, got {ExitCode}.\n{Output}\n{Error}");
        return this;
    }
}
