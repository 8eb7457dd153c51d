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
/// both at that size; of that, which is measured, the holdout is not touched. What answers in its place is fitted once
/// more, with an encoder of its own (the newest weeks bring levels) and the same size, calibrator and threshold.
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

        using var training = trainer.Begin(spec.Options);
        say("Fitting on fit, with validation deciding when to stop");
        var lesson = LessonOf(split.Fit) with { Validation = split.Validation };
        var first = training.Fit(lesson, cancel);
        var tuned = task.Tune(spec, training, first.Scorer, lesson);

        var size = first.Size;
        var sized = $"{size} {spec.Trainer.Unit}{(size == 1 ? "" : "s")}";
        say($"Fitting {sized} on fit and validation");
        var measured = FitAgain(split.Learned);
        if (split.Served is not { } served)
        {
            return measured;
        }

        say($"Fitting {sized} on all rows, to answer");
        return measured with { Served = FitAgain(served.Rows) };

        // Saved and loaded, so that what is measured is what will be loaded.
        TrainedModel FitAgain(int[] learned)
        {
            var again = LessonOf(learned) with { Size = size };
            var saved = tuned.Calibrated(training.Fit(again, cancel).Scorer).Save();
            return new TrainedModel
            {
                Encoder = again.Encoder,
                Model = LoadedPackage.ModelOf(saved, again.Encoder, spec.Trainer, "the model just trained"),
                Size = size,
                Threshold = tuned.Threshold,
            };
        }

        Lesson LessonOf(int[] learned)
        {
            var targets = task.TargetsOf(spec, frame.Labels.Values, learned);
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
                Objective = task.ObjectiveFor(definition.Metric),
                Threads = threads,
            };
        }
    }
}
