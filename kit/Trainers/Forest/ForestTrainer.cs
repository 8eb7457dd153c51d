using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Forest;

/// <summary>Trees that each learn some of the rows, split by split from some of the features, and are averaged
/// (Breiman 2001), as LightGBM grows them.</summary>
internal sealed class ForestTrainer : ITrainer
{
    public Trainer Declaration => Trainer.Forest;

    public ITraining Begin(TrainerOptions options) => new ForestTraining((ForestOptions)options);

    public IScorer Load(byte[] saved, Encoder encoder, string name) =>
        ForestScorer.Load(saved, encoder.Columns.Count, name);
}
