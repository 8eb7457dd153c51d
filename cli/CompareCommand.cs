using System.Globalization;
using System.Text.Json;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Cli;

/// <summary><c>trainyard compare</c>: tries on the rows of one run, side by side.</summary>
internal static class CompareCommand
{
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
                CliSettings.Store,
                CommonSettings.TimeLimit,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
            Examples = ["trainyard compare flights 1 2 3 --on train.20131230T050000Z.1"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
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
        if (code != ExitCode.Done || invocation.WantsJson())
        {
            await invocation.Output.WriteAsync(printed);
            return code;
        }

        var compared = JsonSerializer.Deserialize<ComparedTries>(printed, Json.Compact)!;
        await invocation.Output.WriteLineAsync(HeadOf(compared));
        await Tables.WriteAsync(invocation, Columns(compared), Rows(compared));
        await invocation.Output.WriteLineAsync(compared.Intervals);
        return code;
    }

    private static string HeadOf(ComparedTries compared)
    {
        var rows = compared.Rows.ToString("N0", CultureInfo.InvariantCulture);
        var looks = compared.Looks switch
        {
            null => "",
            1 => ", which was looked at once",
            var many => $", which was looked at {many} times",
        };
        return $"{compared.Metric.Title} on {rows} rows {compared.Where} of {compared.Run}{looks}; "
            + $"{(compared.Metric.HigherIsBetter ? "higher" : "lower")} is better";
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
        var values = compared.Tries.Select(tried => tried.Value?.Value ?? double.NaN).Where(double.IsFinite).ToList();
        var text = MetricText.For(
            values.FirstOrDefault(),
            values.Select(Math.Abs).DefaultIfEmpty().Max(),
            values.Skip(1).Select(value => (value, values[0]))
        );
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
