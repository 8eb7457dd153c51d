using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Linear;

/// <summary>A score that is a sum: so much for each number, as many times as it says, and so much for each
/// level.</summary>
internal sealed class LinearTrainer : ITrainer
{
    public Trainer Declaration => Trainer.Linear;

    public ITraining Begin(TrainerOptions options) => new LinearTraining((LinearOptions)options);

    public IScorer Load(byte[] saved, Encoder encoder, string name) => LinearScorer.Load(saved, encoder, name);
}
