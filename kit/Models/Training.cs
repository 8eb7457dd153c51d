using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
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
        CancellationToken cancel,
        IProgress<string>? progress = null
    )
    {
        var spec = definition.Model;
        var (task, trainer) = (LearningTasks.Of(spec.Task), TrainerList.Of(spec.Trainer));
        var labels = frame.Labels.Among(split.Learned);
        using var training = trainer.Begin(spec.Options);
        say("Fitting on fit, with validation deciding when to stop");
        var learned = split.Learned;
        var lesson = LessonOf(learned) with { Learned = split.Fit, Validation = split.Validation };
        var first = training.Fit(lesson, cancel, progress);
        var tuned = task.Tune(spec, training, first.Scorer, lesson, labels);

        var size = first.Size;
        say($"Fitting {size} {spec.Trainer.Unit}{(size == 1 ? "" : "s")} on fit and validation");
        lesson = lesson with { Learned = learned, Validation = null, Size = size };
        var saved = training.Fit(lesson, cancel, progress).Scorer.Save();

        // Saved and loaded, so that what is measured is what will be served.
        return new TrainedModel
        {
            Encoder = lesson.Encoder,
            Model = LoadedPackage.ModelOf(
                saved,
                lesson.Encoder,
                spec.Trainer,
                "the model just trained",
                tuned.Calibrator
            ),
            Size = size,
            Reading = tuned.Reading,
        };

        // All fits share what is learned without their labels: levels and cut points, as bins.
        Lesson LessonOf(int[] known)
        {
            var keep = FrameLayout.CategoriesOf(definition.Features);
            var targets = task.TargetsOf(spec, labels, known);
            var encoder = Encoder.Fit(
                frame,
                known,
                column => keep.GetValueOrDefault(column, CategorySpec.KeepByDefault)
            ) with
            {
                LabelMiddle = targets.Middle,
            };
            return new Lesson
            {
                Encoder = encoder,
                Rows = encoder.Encode(frame),
                Targets = targets,
                Known = known,
                Learned = known,
                Objective = task.ObjectiveFor(definition.Metric, labels),
                Threads = threads,
            };
        }
    }
}
