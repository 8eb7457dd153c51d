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
        CancellationToken cancel,
        IProgress<string>? progress = null
    )
    {
        var spec = definition.Model;
        var (task, trainer) = (LearningTasks.Of(spec.Task), TrainerList.Of(spec.Trainer));
        var options = spec.Options.For(split.Learned.Length, frame.Columns.Count);
        var measured = Measured();
        if (split.Served is not { } served)
        {
            return measured;
        }

        say($"Fitting {Sized(measured.Size)} on all rows, to answer");
        using var last = trainer.Begin(options);
        return measured with
        {
            Served = FitAgain(
                last,
                LessonOf(served.Rows),
                measured.Size,
                new Tuned(measured.Threshold, measured.Model.Calibrator)
            ),
        };

        // In a scope of its own: what it has encoded is gone before the rows are encoded anew.
        TrainedModel Measured()
        {
            using var training = trainer.Begin(options);
            say("Fitting on fit, with validation deciding when to stop");
            var lesson = LessonOf(split.Learned) with { Validation = split.Validation };
            var first = training.Fit(lesson with { Learned = split.Fit }, cancel, progress);
            var tuned = task.Tune(spec, training, first.Scorer, lesson);
            say($"Fitting {Sized(first.Size)} on fit and validation");
            return FitAgain(training, lesson, first.Size, tuned);
        }

        // Saved and loaded, so that what is measured is what will be loaded.
        TrainedModel FitAgain(ITraining training, Lesson lesson, int size, Tuned tuned)
        {
            var fitted = training.Fit(lesson with { Validation = null, Size = size }, cancel, progress);
            return new TrainedModel
            {
                Encoder = lesson.Encoder,
                Model = LoadedPackage.ModelOf(
                    fitted.Scorer.Save(),
                    lesson.Encoder,
                    spec.Trainer,
                    "the model just trained",
                    tuned.Calibrator
                ),
                Size = size,
                Options = options,
                Threshold = tuned.Threshold,
            };
        }

        string Sized(int size) => $"{size} {spec.Trainer.Unit}{(size == 1 ? "" : "s")}";

        // The fits of a lesson share what is learned without labels: levels and cut points, as bins.
        Lesson LessonOf(int[] known)
        {
            var keep = FrameLayout.CategoriesOf(definition.Features);
            var targets = task.TargetsOf(spec, frame.Labels.Values, known);
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
                Objective = task.ObjectiveFor(definition.Metric),
                Threads = threads,
            };
        }
    }
}
