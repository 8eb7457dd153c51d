using Trainyard.Learning.Data;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models;

/// <summary>
/// Ties task and trainer together: fits on fit, picks size, calibrator and threshold on validation, and the trainer,
/// where the spec leaves it open (or does so in folds of both), then fits again on both at that size; of that, which is
/// measured, the holdout is not touched. What answers in its place is fitted once more, with an encoder of its own (the
/// newest weeks bring levels) and the same size, calibrator and threshold.
/// </summary>
public static class Training
{
    public static TrainedModel Run(
        Definition definition,
        Frame frame,
        Split split,
        int threads,
        Action<string> say,
        CancellationToken cancel,
        IProgress<string>? progress = null
    )
    {
        var (recipe, measured) = Measured();
        return split.Served is { } served
            ? measured with
            {
                Served = recipe.Answering(measured, served.Rows),
            }
            : measured;

        // In a scope of its own: what is encoded for it is gone before the rows are encoded anew.
        (Recipe, TrainedModel) Measured()
        {
            var (begun, tried) = Begin(definition, frame, split, threads, say, cancel, progress);
            using (begun)
            {
                return (begun.Recipe, Told(begun.Recipe.Measured(begun), begun, tried));
            }
        }
    }

    /// <summary>What the first fits answer for the rows that they are held against, which tells what a try is
    /// worth.</summary>
    /// <param name="measures">Whether the measured fit is wanted too.</param>
    public static Tried Try(
        Definition definition,
        Frame frame,
        Split split,
        bool measures,
        int threads,
        Action<string> say,
        CancellationToken cancel,
        IProgress<string>? progress = null
    )
    {
        var (begun, tried) = Begin(definition, frame, split, threads, say, cancel, progress);
        using (begun)
        {
            var (rows, scores) = begun.Answer(threads, cancel);
            return new Tried(
                begun.Recipe.Definition.Model.Trainer,
                begun.Lessons[0].Encoder,
                begun.Lessons[0].Size!.Value,
                rows,
                scores,
                begun.Recipe.ReadingOf(begun),
                measures ? Told(begun.Recipe.Measured(begun), begun, tried) : null
            );
        }
    }

    private static TrainedModel Told(TrainedModel trained, Begun begun, IReadOnlyList<TrainerTried>? tried) =>
        trained with
        {
            Trainer = begun.Recipe.Definition.Model.Trainer,
            Tried = tried,
        };

    private static (Begun, IReadOnlyList<TrainerTried>?) Begin(
        Definition definition,
        Frame frame,
        Split split,
        int threads,
        Action<string> say,
        CancellationToken cancel,
        IProgress<string>? progress
    )
    {
        var trainer = definition.Model.Trainer;
        Recipe[] recipes =
        [
            .. trainer
                .CandidatesFor(definition)
                .Select(each => new Recipe(definition.LearnedBy(each), frame, split, threads, say, cancel, progress)),
        ];
        if (trainer.Chooses)
        {
            return new Choosing(frame, split, threads, say, cancel).Of(recipes);
        }

        return (recipes[0].Begin(split.Tries), null);
    }
}
