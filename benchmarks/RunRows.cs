using Trainyard.Learning.Data;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Benchmarks;

/// <summary>The rows of a run, as its step features has left them.</summary>
/// <param name="Folder">The run's folder in a store: STORE/PIPELINE/runs/RUN.</param>
internal sealed record RunRows(RunFolder Folder, RunFile Run, Frame Frame)
{
    public static async Task<RunRows> ReadAsync(string place, CancellationToken cancel)
    {
        var folder = new RunFolder(
            Store.Open(Path.GetFullPath(Path.Combine(place, "..", "..", ".."))),
            Path.GetFileName(Path.GetFullPath(Path.Combine(place, "..", ".."))),
            Path.GetFileName(place)
        );
        var run = await folder.ReadRunAsync(cancel);
        var features = (await folder.ReadManifestAsync(StepName.Features, cancel)).Value.Dataset!;
        var frame = await FrameReader.ReadAsync(
            FrameLayout.Of(run.Definition, features.Columns),
            features.Parts.Count,
            async (part, stop) =>
                (await folder.OpenPartAsync(StepName.Features, features.Parts[part], stop), features.Parts[part].File),
            _ => { },
            Environment.ProcessorCount,
            cancel
        );
        return new(folder, run, frame);
    }
}
