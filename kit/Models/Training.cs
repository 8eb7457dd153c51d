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
        CancellationToken cancel
    )
    {
        var spec = definition.Model;
        var (task, trainer) = (LearningTasks.Of(spec.Task), TrainerList.Of(spec.Trainer));
        var keep = FrameLayout.CategoriesOf(definition.Features);

        var labels = frame.Labels.Among(split.Learned);

        using var training = trainer.Begin(spec.Options);
        say("Fitting on fit, with validation deciding when to stop");
        var lesson = LessonOf(split.Fit) with { Validation = split.Validation };
        var first = training.Fit(lesson, cancel);
        var tuned = task.Tune(spec, training, first.Scorer, lesson, labels);

        var size = first.Size;
        say($"Fitting {size} {spec.Trainer.Unit}{(size == 1 ? "" : "s")} on fit and validation");
        lesson = LessonOf(split.Learned) with { Size = size };
        var saved = tuned.Calibrated(training.Fit(lesson, cancel).Scorer).Save();

        // Saved and loaded, so that what is measured is what will be served.
        var encoder = lesson.Encoder;
        return new TrainedModel
        {
            Encoder = encoder,
            Model = LoadedPackage.ModelOf(saved, encoder, spec.Trainer, "the model just trained"),
            Size = size,
            Reading = tuned.Reading,
        };

        Lesson LessonOf(int[] learned)
        {
            var targets = task.TargetsOf(spec, labels, learned);
            var fitted = Encoder.Fit(
                frame,
                learned,
                column => keep.GetValueOrDefault(column, CategorySpec.KeepByDefault)
            ) with
            {
                LabelMiddle = targets.Middle,
            };
            return new Lesson
            {
                Encoder = fitted,
                Rows = fitted.Encode(frame),
                Targets = targets,
                Learned = learned,
                Objective = task.ObjectiveFor(definition.Metric, labels),
                Threads = threads,
            };
        }
    }
}
