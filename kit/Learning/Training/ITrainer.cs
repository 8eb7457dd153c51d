using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Training;

/// <summary>How a trainer learns. It knows objectives, never the task they come from.</summary>
public interface ITrainer
{
    Trainer Declaration { get; }

    /// <summary>Begins a training: several fits that share what they can (a binning, what is random).</summary>
    /// <param name="options">Of the record that the trainer declares, with nothing left out that follows the
    /// table.</param>
    ITraining Begin(TrainerOptions options);

    /// <summary>The same with the files that the options name, for a trainer whose options name some.</summary>
    /// <param name="files">By their names; they have been checked.</param>
    ITraining Begin(TrainerOptions options, IReadOnlyDictionary<string, byte[]> files) => Begin(options);

    /// <summary>A scorer out of the bytes it was saved as, which have been checked: a model file is code as far as
    /// trust goes.</summary>
    /// <param name="name">What it is, for the message of a fault of 78.</param>
    IScorer Load(byte[] saved, Encoder encoder, string name);
}

/// <summary>The fits of one training, one after the other.</summary>
public interface ITraining : IDisposable
{
    /// <summary>The classes that scores are of, in their order, where the model knows them before it sees rows; null
    /// where they are those of the rows learned.</summary>
    IReadOnlyList<string>? Classes => null;

    /// <summary>Learns; stops between two steps of its work when it is cancelled.</summary>
    /// <param name="progress">Told how far it is, in words.</param>
    Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null);
}

/// <summary>What a fit gives.</summary>
/// <param name="Size">In the trainer's unit, as validation picked it or as it was given.</param>
public sealed record Fitted(int Size, IScorer Scorer);
