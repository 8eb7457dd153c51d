using System.Text;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Report;

/// <summary><c>report compare</c>: tries side by side as a page, out of what <c>train compare</c> has
/// printed.</summary>
internal static class CompareCommand
{
    private const string Compared = "compared";

    private static readonly Setting<string> Html = Setting.Text(
        "--html",
        "The page to write, which needs no network; one that stands is replaced.",
        "tries.html",
        required: true
    );

    public static Command Create() =>
        new()
        {
            Name = "compare",
            Summary = "Draws tries side by side; trainyard compare --html does all of it.",
            Arguments = [new(Compared, "The file with what train compare has printed.")],
            Settings = [Html, CommonSettings.TimeLimit, CommonSettings.Log],
            Examples = ["report compare tries.json --html tries.html"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (file, path) = (invocation.Argument(Compared)!, WholeFile.PathOf(invocation, Html));
        var html = await ReportPage.RenderAsync(Json.Read<ComparedTries>(await ReadAsync(file, cancel), $"'{file}'"));
        await WholeFile.WriteAsync(Html, path, Encoding.UTF8.GetBytes(html), cancel);
        await invocation.Output.WriteLineAsync($"The page is {path}.");
        return ExitCode.Done;
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancel);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Fault.MissingInput(
                $"There is no file '{file}': write into it what train compare prints. Nothing was changed."
            );
        }
        catch (Exception problem) when (IoFaults.Is(problem))
        {
            throw IoFaults.Of(problem, $"'{file}' cannot be read", file);
        }
    }
}
