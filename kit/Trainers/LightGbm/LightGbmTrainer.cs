using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm.Released;

namespace Trainyard.Trainers.LightGbm;

/// <summary>Gradient boosted trees through LightGBM's C API.</summary>
internal sealed class LightGbmTrainer : ITrainer
{
    public Trainer Declaration => Trainer.LightGbm;

    public ITraining Begin(TrainerOptions options) => new LightGbmTraining((LightGbmOptions)options);

    public IScorer Load(byte[] saved, Encoder encoder, string name) =>
        ReleasedScorer.IsOne(saved)
            ? ReleasedScorer.Load(saved, encoder, name)
            : LightGbmScorer.Load(saved, encoder.Columns.Count, name);
}
