using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Stacked;

/// <summary>Has a trainer that knows numbers and levels alone learn from texts: a linear model learns them word by
/// word, and what it says of a text are numbers like any (Wolpert 1992, Stacked Generalization). Where there are none
/// it is that trainer.</summary>
internal sealed class StackedTrainer(ITrainer trainer) : ITrainer
{
    public Trainer Declaration => trainer.Declaration;

    public ITraining Begin(TrainerOptions options) => new StackedTraining(trainer.Begin(options));

    public IScorer Load(byte[] saved, Encoder encoder, string name) =>
        StackedColumns.HasTexts(encoder)
            ? StackedScorer.Load(saved, encoder, trainer, name)
            : trainer.Load(saved, encoder, name);
}
