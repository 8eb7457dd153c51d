using System.Globalization;
using System.Text;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>
/// Who pastes the blocks of a page into a shell that stands in a checkout, one after the other: what one has set, the
/// next finds. The checkout has the programs of this build, and what <c>make run</c> leaves, of fewer flights.
/// </summary>
internal sealed class Reader : IDisposable
{
    /// <summary>Of the flights that are there: the newest days are those around today.</summary>
    public static DateTime LastDay { get; } = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(3);

    public string Folder { get; } = Directory.CreateTempSubdirectory("trainyard-reader-").FullName;

    public Reader()
    {
        foreach (var name in new[] { "pipelines", "docs", "docker" })
        {
            CopyFolder(Path.Combine(Programs.Root, name), Path.Combine(Folder, name));
        }

        Directory.CreateDirectory(Path.Combine(Folder, "artifacts", "run"));
        Directory.CreateSymbolicLink(
            Path.Combine(Folder, "artifacts", "bin"),
            Path.Combine(Programs.Root, "artifacts", "bin")
        );
    }

    /// <summary>Sixty flights a day, for a year that ends when the docs say, or today.</summary>
    public Task<Ended> FillAsync(DateTime lastDay) =>
        Programs.RunAsync(
            "sample",
            [
                "flights",
                "--rows-per-day",
                "60",
                "--start",
                lastDay.AddDays(-364).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "--warehouse",
                $"duckdb:{Path.Combine(Folder, "artifacts", "run", "warehouse.duckdb")}",
            ]
        );

    /// <summary>Pastes blocks; the first command that fails ends them.</summary>
    public Task<Ended> PasteAsync(IEnumerable<CodeBlock> blocks) =>
        RunAsync(
            ["-O", "expand_aliases", "-euo", "pipefail", "-s"],
            string.Join('\n', blocks.Select(block => block.Text))
        );

    /// <summary>Runs bash in the checkout, with no variables of ours.</summary>
    public async Task<Ended> RunAsync(IEnumerable<string> arguments, string input)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var result = await Cli.Wrap("bash")
            .WithArguments(arguments)
            .WithWorkingDirectory(Folder)
            .WithEnvironmentVariables(
                Programs.Clean(
                    new Dictionary<string, string?>
                    {
                        ["PATH"] =
                            $"{Path.GetDirectoryName(Programs.Dotnet)}:{Environment.GetEnvironmentVariable("PATH")}",
                    }
                )
            )
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return new Ended(result.ExitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
