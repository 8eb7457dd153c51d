using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.IsolationForest;

/// <summary>Trees of random splits, in which a row that is unlike the others is soon alone (Liu, Ting and Zhou
/// 2008).</summary>
internal sealed class IsolationForestTrainer : ITrainer
{
    public Trainer Declaration => Trainer.IsolationForest;

    public ITraining Begin(TrainerOptions options) => new IsolationForestTraining((IsolationForestOptions)options);

    public IScorer Load(byte[] saved, Encoder encoder, string name) => IsolationForestScorer.Load(saved, encoder, name);
}
