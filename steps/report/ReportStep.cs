using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Report;

/// <summary>Gathers, draws, and leaves one file. It computes no metric: what it shows was measured by the steps
/// before.</summary>
internal static class ReportStep
{
    public static async Task<StepOutcome> RunAsync(StepContext context, CancellationToken cancel)
    {
        context.Progress.Start("Reading what the run has left");
        var data = await Gathering.GatherAsync(context.Run, context.File, cancel);
        context.Progress.AddBytesIn(data.BytesRead);

        context.Progress.Start("Drawing the report");
        var html = Encoding.UTF8.GetBytes(await ReportPage.RenderAsync(data));
        var name = context.NewName(Manifest.ReportStem, "html");
        await using var file = await context.Run.Store.OpenWriteAsync(context.NameOf(name), cancel);
        await file.WriteAsync(html, cancel);
        var written = await file.CompleteAsync(cancel);
        context.Progress.AddBytesOut(written.Bytes);

        return new StepOutcome(
            data.Measured?.IsBeginning == true ? ExitCode.BadData : ExitCode.Done,
            $"{Sentences.Summary(data)} The report is {context.Run.Store.UriOf(context.NameOf(name))}."
        )
        {
            Inputs = data.Inputs,
            Files = [new StoredFile(name, written.Bytes, written.Sha256)],
            Details = new JsonObject { ["model"] = data.Card?.Version, ["outcome"] = Sentences.Outcome(data) },
        };
    }
}
