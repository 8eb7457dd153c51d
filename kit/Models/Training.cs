using Trainyard.Learning.Data;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models;

/// <summary>
/// Ties task and trainer together: fits on fit, picks size, calibrator and threshold on validation (and the trainer,
/// where the spec leaves it open), then fits again on both at that size; of that, which is measured, the holdout is not
/// touched. What answers in its place is fitted once more, with an encoder of its own (the newest weeks bring levels)
/// and the same size, calibrator and threshold.
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
        var trainer = definition.Model.Trainer;
        Recipe[] recipes =
        [
            .. trainer
                .CandidatesFor(definition)
                .Select(each => new Recipe(definition.LearnedBy(each), frame, split, threads, say, cancel, progress)),
        ];
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
            var (begun, tried) = Begin();
            using (begun)
            {
                return (
                    begun.Recipe,
                    begun.Recipe.Measured(begun) with
                    {
                        Trainer = begun.Recipe.Definition.Model.Trainer,
                        Tried = tried,
                    }
                );
            }
        }

        (Begun, IReadOnlyList<TrainerTried>?) Begin()
        {
            if (trainer.Chooses)
            {
                return new Choosing(frame, split, threads, say, cancel).Of(recipes);
            }

            say("Fitting on fit, to be held against validation");
            return (recipes[0].Begin(split.Fit), null);
        }
    }
}
