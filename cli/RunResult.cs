using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary>What a person wants to know of a run when it has ended: what came of it, the first predictions, and where
/// the report is.</summary>
internal static class RunResult
{
    public static async Task WriteAsync(
        Invocation invocation,
        EndedRun ended,
        RunRequest request,
        CancellationToken cancel
    )
    {
        var output = invocation.Output;
        var decisive = ended.ManifestOf(RunShape.Of(ended.Kind).Purpose) ?? ended.ManifestOf(StepName.Extract);
        await output.WriteLineAsync(decisive!.Sentence);
        if (ended.ManifestOf(StepName.Score) is { ExitCode: ExitCode.Done } && request.TrialLimit is null)
        {
            await FirstPredictions.TryWriteAsync(
                invocation,
                await ended.Run.ReadRunAsync(cancel),
                request.Warehouse,
                cancel
            );
        }

        await output.WriteLineAsync($"Report: {ended.ReportUri}");
        await output.WriteLineAsync();
    }
}
