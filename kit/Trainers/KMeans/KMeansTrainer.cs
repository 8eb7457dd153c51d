using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.KMeans;

/// <summary>Centres from which the squared distances of rows are least.</summary>
internal sealed class KMeansTrainer : ITrainer
{
    public Trainer Declaration => Trainer.KMeans;

    public ITraining Begin(TrainerOptions options) => new KMeansTraining((KMeansOptions)options);

    public IScorer Load(byte[] saved, Encoder encoder, string name) => KMeansScorer.Load(saved, encoder, name);
}
