using System.Collections.ObjectModel;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>Learns nothing: takes a model that was made elsewhere, and answers with it.</summary>
internal sealed class OnnxModelTrainer : ITrainer
{
    public Trainer Declaration => Trainer.OnnxModel;

    public ITraining Begin(TrainerOptions options) => Begin(options, ReadOnlyDictionary<string, byte[]>.Empty);

    public ITraining Begin(TrainerOptions options, IReadOnlyDictionary<string, byte[]> files)
    {
        var said = (OnnxModelOptions)options;
        return said.File is { } name && files.TryGetValue(name, out var file)
            ? new OnnxModelTraining(said, name, file)
            : throw Fault.BadConfiguration(
                "model.options.file names no file of the run's definition. Name one, and start a new run. Nothing was "
                    + "changed."
            );
    }

    public IScorer Load(byte[] saved, Encoder encoder, string name) =>
        SavedModel.Read(name, () => OnnxModelScorer.Load(saved, encoder));
}
