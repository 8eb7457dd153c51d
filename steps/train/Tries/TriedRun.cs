using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train.Tries;

/// <summary>A train run whose rows are tried on, with another model or metric than it had.</summary>
/// <param name="Folder">The run's place.</param>
/// <param name="Frozen">The run as it is.</param>
/// <param name="File">The run as if it had the definition that is tried.</param>
internal sealed record TriedRun(RunFolder Folder, RunFile Frozen, RunFile File)
{
    private static readonly string[] Trainer = ["model", "trainer"];
    private static readonly string[] Options = ["model", "options"];

    public TryLog Log => new(Folder);

    /// <summary>The run as it is; 66 where it is not there, 78 where nothing is learned in it.</summary>
    public static async Task<TriedRun> OfAsync(IStore store, string pipeline, string run, CancellationToken cancel)
    {
        var folder = new RunFolder(store, pipeline, run);
        var frozen = await folder.ReadRunAsync(cancel);
        return RunShape.Of(frozen.Kind).Purpose == StepName.Train
            ? new TriedRun(folder, frozen, frozen)
            : throw Fault.BadConfiguration(
                $"Run '{run}' is a {EnumText.Of(frozen.Kind)} run, and nothing is learned in it: name a train run. "
                    + "Nothing was changed."
            );
    }

    /// <summary>With what the pipeline's folder says now, and what is changed in that.</summary>
    public static async Task<TriedRun> OfAsync(
        IStore store,
        string folder,
        string run,
        IReadOnlyList<SpecChange> changes,
        CancellationToken cancel
    )
    {
        var pipeline = PipelineFolder.Load(folder, Whole(folder, changes));
        var tried = await OfAsync(store, pipeline.Spec.Name, run, cancel);
        var frozen = tried.Frozen;
        var wanted = pipeline.Spec.ToDefinition();
        var files = pipeline
            .DefinitionFiles()
            .Select(file => new DefinitionFile(file.Name, Hashes.Of(System.IO.File.ReadAllBytes(file.Path))));
        if (Hashes.OfComparable(wanted, files) != frozen.ComparableHash())
        {
            throw Fault.BadConfiguration(
                $"The rows of run '{run}' are not those that {pipeline.Folder} asks for now: rows, label, features, "
                    + "task or the SQL are others. Make a run of them first (trainyard run --kind train), or try what "
                    + "is under model and metric. Nothing was changed."
            );
        }

        if (wanted.Model.Split != frozen.Definition.Model.Split)
        {
            throw Fault.BadConfiguration(
                $"Run '{run}' divides its rows otherwise (model.split), and tries on other rows cannot be held against "
                    + "each other. Make a run with that split first. Nothing was changed."
            );
        }

        var definition = frozen.Definition with
        {
            Model = wanted.Model,
            Metric = wanted.Metric,
            Features = wanted.Features,
        };
        return tried with
        {
            File = frozen with
            {
                Definition = definition,
                DefinitionHash = Hashes.OfDefinition(
                    definition,
                    frozen.DefinitionFiles.Select(file => new DefinitionFile(file.File, file.Sha256))
                ),
            },
        };
    }

    /// <summary>Reads the rows.</summary>
    public async Task<TrainRows> ReadAsync(Progress progress, CancellationToken cancel) =>
        await TrainRows.ReadAsync(
            Folder,
            File,
            await Folder.ReadManifestAsync(StepName.Features, cancel),
            progress,
            Environment.ProcessorCount,
            cancel
        );

    /// <summary>Options are a trainer's: another one than the spec's begins with its own defaults.</summary>
    private static IReadOnlyList<SpecChange> Whole(string folder, IReadOnlyList<SpecChange> changes) =>
        changes.LastOrDefault(change => change.Path.SequenceEqual(Trainer)) is { } named
        && named.Value != PipelineFolder.Load(folder).Spec.Model.Trainer.Name
            ? [new SpecChange(Options, ""), .. changes]
            : changes;
}
