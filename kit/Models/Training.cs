using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Trainers;

namespace Trainyard.Models;

/// <summary>
/// Ties task and trainer together: fits on fit, picks size, calibrator and threshold on validation, then fits again on
/// both at that size. The holdout is not touched.
/// </summary>
public static class Training
{
    public static TrainedModel Run(
        Definition definition,
        Frame frame,
        Split split,
        int threads,
        Action<string> say,
        CancellationToken cancel
    )
    {
        var spec = definition.Model;
        var (task, trainer) = (LearningTasks.Of(spec.Task), TrainerList.Of(spec.Trainer));
        var parts = task.PartsOf(definition);
        var lessons = new Lessons(definition, frame, threads);

        using var training = trainer.Begin(spec.Options);
        say("Fitting on fit, with validation deciding when to stop");
        var lesson = lessons.Of(split.Fit) with { Validation = split.Validation };
        var first = parts.Select(part => training.Fit(Lessons.Of(lesson, part), cancel)).ToList();
        var tuned = task.Tune(spec, training, first[0].Scorer, lesson);
        int[] sizes = [.. first.Select(fitted => fitted.Size)];
        double? widening = null;
        if (task.FoldsOf(definition, frame, split.Learned) is { Count: > 0 } folds)
        {
            var (rows, scores) = new OutOfFold(training, lessons, parts, sizes, say).Of(folds, cancel);
            widening = task.Widening(spec, scores, frame.Labels.Of(rows));
        }

        say($"Fitting {sizes[0]} {spec.Trainer.Unit}{(sizes[0] == 1 ? "" : "s")} on fit and validation");
        lesson = lessons.Of(split.Learned);
        SavedPart[] saved =
        [
            .. parts.Select(
                (part, place) =>
                {
                    var scorer = training.Fit(Lessons.Of(lesson, part) with { Size = sizes[place] }, cancel).Scorer;
                    return new SavedPart(
                        part.Name,
                        sizes[place],
                        (place == 0 ? tuned.Calibrated(scorer) : scorer).Save()
                    );
                }
            ),
        ];

        // Saved and loaded, so that what is measured is what will be served.
        var encoder = lesson.Encoder;
        return new TrainedModel
        {
            Encoder = encoder,
            Model = LoadedPackage.ModelOf(
                definition,
                [.. saved.Select(part => part.Content)],
                encoder,
                widening,
                "the model just trained"
            ),
            Size = sizes[0],
            Threshold = tuned.Threshold,
            Widening = widening,
            Parts = saved,
        };
    }
}
