using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.MlNet;

namespace Trainyard.Trainers.LightGbm;

/// <summary>Gradient boosted trees through Microsoft.ML.</summary>
internal sealed class LightGbmTrainer : ITrainer
{
    public Trainer Declaration => Trainer.LightGbm;

    public ITraining Begin(TrainerOptions options) => new MlNetTraining((LightGbmOptions)options);

    public IScorer Load(byte[] saved, Encoder encoder, string name) =>
        new TreesScorer(ChainScorer.Load(saved, encoder, name), encoder.Columns.Count);
}
