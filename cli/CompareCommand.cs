using System.Globalization;
using System.Text.Json;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Cli;

/// <summary><c>trainyard compare</c>: tries on the rows of one run, side by side.</summary>
internal static class CompareCommand
{
    private static readonly Setting<string> Html = Setting.Text(
        "--html",
        "Also draw them, with their curves over each other, on a page for a browser, which needs no network.",
        "tries.html"
    );

    public static Command Create() =>
        new()
        {
            Name = "compare",
            Summary =
                "Shows tries on the rows of one run side by side, each with what it gains over the first, in that "
                + "one's metric.",
            Arguments = [CliSettings.Pipeline, TrySettings.Tries],
            Settings =
            [
                TrySettings.On,
                TrySettings.Holdout,
                Html,
                CliSettings.Store,
                CommonSettings.TimeLimit,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
            Examples =
            [
                "trainyard compare flights 1 2 3 --on train.20131230T050000Z.1",
                "trainyard compare flights 1 2 3 --on train.20131230T050000Z.1 --html tries.html",
            ],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        if (invocation.Get(Html) is not null)
        {
            // Before the work is done: what comes of it is to have a place, and somebody to draw it.
            _ = WholeFile.PathOf(invocation, Html);
            _ = StepProcess.Assembly(StepName.Report);
        }

        List<string> arguments =
        [
            "compare",
            invocation.PipelineName(),
            .. TrySettings.NumbersOf(invocation).Select(number => $"{number}"),
            "--on",
            invocation.Settings.Require(TrySettings.On),
            .. invocation.Get(TrySettings.Holdout) ? new[] { "--holdout" } : [],
            "--store",
            invocation.Settings.Require(CliSettings.Store),
        ];
        var (code, printed) = await StepProcess.ReadAsync(StepName.Train, arguments, invocation, cancel);
        if (code != ExitCode.Done)
        {
            return code;
        }

        if (invocation.WantsJson())
        {
            await invocation.Output.WriteAsync(printed);
        }
        else
        {
            var compared = JsonSerializer.Deserialize<ComparedTries>(printed, Json.Compact)!;
            await invocation.Output.WriteLineAsync(compared.Head);
            await Tables.WriteAsync(invocation, Columns(compared), Rows(compared));
            await invocation.Output.WriteLineAsync(compared.Intervals);
        }

        return invocation.Get(Html) is { } path ? await DrawAsync(path, printed, invocation, cancel) : code;
    }

    /// <summary>The program report does it, which can draw: it reads what train has printed.</summary>
    private static async Task<ExitCode> DrawAsync(
        string path,
        string printed,
        Invocation invocation,
        CancellationToken cancel
    )
    {
        var file = Path.Combine(Path.GetTempPath(), $"trainyard-{Path.GetRandomFileName()}.json");
        try
        {
            await File.WriteAllTextAsync(file, printed, cancel);
            var (code, said) = await StepProcess.ReadAsync(
                StepName.Report,
                ["compare", file, Html.Name, path],
                invocation,
                cancel
            );
            if (!invocation.WantsJson())
            {
                await invocation.Output.WriteAsync(said);
            }

            return code;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IReadOnlyList<string> Columns(ComparedTries compared) =>
        [
            "try",
            compared.Metric.Name,
            "95 %",
            $"gain over {compared.Tries[0].Number}",
            "95 %",
            "trainer",
            "size",
            "seconds",
            "otherwise than in the run",
        ];

    private static IReadOnlyList<IReadOnlyList<string>> Rows(ComparedTries compared)
    {
        var text = compared.Text;
        return
        [
            .. compared.Tries.Select(tried =>
                (IReadOnlyList<string>)
                    [
                        $"{tried.Number}",
                        tried.Value is { } own ? text.Of(own.Value) : Formats.None,
                        tried.Value is { } value ? text.Interval(value) ?? "" : "",
                        tried.Gain is { } gain ? text.Of(gain.Value) : "",
                        tried.Gain is { } paired ? text.Interval(paired) ?? "" : "",
                        tried.Trainer.Name,
                        $"{tried.Size}",
                        tried.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
                        string.Join(", ", tried.Differs),
                    ]
            ),
        ];
    }
}
