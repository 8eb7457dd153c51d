using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Pca;

/// <summary>How far rows lie from the mean, in steps that count the more the fewer rows make them.</summary>
internal sealed class PcaTrainer : ITrainer
{
    public Trainer Declaration => Trainer.Pca;

    public ITraining Begin(TrainerOptions options) => new PcaTraining((PcaOptions)options);

    public IScorer Load(byte[] saved, Encoder encoder, string name) => PcaScorer.Load(saved, encoder, name);
}
