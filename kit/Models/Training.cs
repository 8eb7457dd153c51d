using System.Collections.ObjectModel;
using Trainyard.Learning.Data;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Models;

/// <summary>
/// Ties task and trainer together: fits on fit, picks size, calibrator and threshold on validation, and the trainer,
/// where the spec leaves it open, and options, where it has them searched (or does so in folds of both), then fits
/// again on both at that size; of that, which is measured, the holdout is not touched. What answers in its place is
/// fitted once more, with an encoder of its own (the newest weeks bring levels) and the same size, calibrator and
/// threshold.
/// </summary>
public static class Training
{
    /// <param name="log">Keeps what trials of options have come to; nobody where null.</param>
    /// <param name="files">Those that the options of the trainer name, by their names; null where they name
    /// none.</param>
    public static TrainedModel Run(
        Definition definition,
        Frame frame,
        Split split,
        int threads,
        Action<string> say,
        CancellationToken cancel,
        IProgress<string>? progress = null,
        ITrialLog? log = null,
        IReadOnlyDictionary<string, byte[]>? files = null
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
            var chosen = Begin(definition, frame, split, threads, say, log, files, cancel, progress);
            using (chosen.Begun)
            {
                return (chosen.Begun.Recipe, Measure(chosen));
            }
        }
    }

    /// <summary>What the first fits answer for the rows that they are held against, which tells what a try is
    /// worth.</summary>
    /// <param name="measures">Whether the measured fit is wanted too.</param>
    /// <param name="log">As when it is trained.</param>
    /// <param name="files">Those that the options of the trainer name, by their names; null where they name
    /// none.</param>
    public static Tried Try(
        Definition definition,
        Frame frame,
        Split split,
        bool measures,
        int threads,
        Action<string> say,
        CancellationToken cancel,
        IProgress<string>? progress = null,
        ITrialLog? log = null,
        IReadOnlyDictionary<string, byte[]>? files = null
    )
    {
        var chosen = Begin(definition, frame, split, threads, say, log, files, cancel, progress);
        using var begun = chosen.Begun;
        var (rows, scores) = begun.Answer(threads, cancel);
        return new Tried(
            begun.Recipe.Definition.Model.Trainer,
            begun.Lessons[0].Encoder,
            begun.Lessons[0].Size!.Value,
            rows,
            scores,
            begun.Recipe.ReadingOf(begun),
            chosen.Trials,
            measures ? Measure(chosen) : null
        );
    }

    private static TrainedModel Measure(Chosen chosen) =>
        chosen.Begun.Recipe.Measured(chosen.Begun) with
        {
            Trainer = chosen.Begun.Recipe.Definition.Model.Trainer,
            Tried = chosen.Tried,
            Trials = chosen.Trials,
        };

    private static Chosen Begin(
        Definition definition,
        Frame frame,
        Split split,
        int threads,
        Action<string> say,
        ITrialLog? log,
        IReadOnlyDictionary<string, byte[]>? files,
        CancellationToken cancel,
        IProgress<string>? progress
    )
    {
        var trainer = definition.Model.Trainer;
        var chosen = !trainer.Chooses
            ? null
            : new Choosing(
                frame,
                split,
                (each, rows, divided) => RecipeOf(each, say, rows, divided),
                threads,
                say,
                cancel
            ).Of([.. trainer.CandidatesFor(definition).Select(definition.LearnedBy)]);
        var (learned, tried) = (chosen?.Begun.Recipe.Definition ?? definition, chosen?.Tried);
        if (learned.Model.Tune is null)
        {
            return chosen ?? new Chosen(RecipeOf(definition, say, frame, split).Begin(split.Tries));
        }

        if (chosen is not null && SearchSpace.Of(learned.Model).Count == 0)
        {
            say($"Trying no options: {learned.Model.Trainer} has none to search");
            return chosen;
        }

        chosen?.Begun.Dispose();
        var (best, trials) = new Tuning(
            frame,
            split,
            each => RecipeOf(each, _ => { }, frame, split),
            threads,
            log,
            say,
            cancel
        ).Of(learned);
        return new Chosen(RecipeOf(best, say, frame, split).Begin(split.Tries), tried, trials);

        Recipe RecipeOf(Definition of, Action<string> tell, Frame rows, Split divided) =>
            new(of, rows, divided, threads, tell, files ?? ReadOnlyDictionary<string, byte[]>.Empty, cancel, progress);
    }
}
