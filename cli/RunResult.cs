using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary>What a person wants to know of a run when it has ended: what came of it, the first predictions, and where the report is.</summary>
internal static class RunResult
{
    public static async Task WriteAsync(Invocation invocation, EndedRun ended, RunRequest request, CancellationToken cancel)
    {
        var output = invocation.Output;
        var decisive = ended.ManifestOf(StepName.Train) ?? ended.ManifestOf(StepName.Score) ?? ended.ManifestOf(StepName.Extract);
        await output.WriteLineAsync(decisive!.Sentence);
        if (ended.ManifestOf(StepName.Score) is { ExitCode: ExitCode.Done } && request.TrialLimit is null)
        {
            await WriteFirstPredictionsAsync(output, ended, request, cancel);
        }

        await output.WriteLineAsync($"Report: {ended.ReportUri}");
        await output.WriteLineAsync();
    }

    private static async Task WriteFirstPredictionsAsync(TextWriter output, EndedRun ended, RunRequest request, CancellationToken cancel)
    {
        var file = await ended.Run.ReadRunAsync(cancel);
        await using var warehouse = Warehouse.Open(request.Warehouse);
        var table = await warehouse.FirstPredictionsAsync(file.Operations.Predictions.Table!, ended.Run.Run, file.Definition.Rows.Key, most: 5, cancel);
        var widths = table.Columns.Select((name, at) => table.Rows.Select(row => row[at].Length).Append(name.Length).Max()).ToList();
        await output.WriteLineAsync($"The first of them, in trainyard.{file.Operations.Predictions.Table}:");
        foreach (var row in table.Rows.Prepend(table.Columns))
        {
            await output.WriteLineAsync("  " + string.Join("  ", row.Select((value, at) => value.PadRight(widths[at]))).TrimEnd());
        }
    }
}
