using Trainyard.Learning.Calibrating;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;
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
        var parts = task.PartsOf(definition);
        var measured = Measured();
        if (split.Served is not { } served)
        {
            return measured;
        }

        say($"Fitting {Sized(measured.Size)} on all rows, to answer");
        return measured with { Served = Answering(served.Rows) };

        // Each in a scope of its own: what the first has encoded is gone before the rows are encoded anew.
        TrainedModel Measured()
        {
            var labels = frame.Labels.Among(split.Learned);
            using var training = trainer.Begin(spec.Options);
            say("Fitting on fit, with validation deciding when to stop");
            var lessons = LessonsOf(split.Learned, labels);
            Lesson[] tried =
            [
                .. lessons.Select(lesson => lesson with { Learned = split.Fit, Validation = split.Validation }),
            ];
            Fitted[] first = [.. tried.Select(lesson => training.Fit(lesson, cancel, progress))];
            var tuned = task.Tune(spec, training, first[0].Scorer, tried[0], labels, cancel);
            lessons = [.. lessons.Zip(first, (lesson, fitted) => lesson with { Size = fitted.Size })];
            var reading = tuned.Reading with { Widening = Widening(training, lessons, labels) };
            say($"Fitting {Sized(first[0].Size)} on fit and validation");
            return FitAgain(training, lessons, reading, tuned.Calibrator) with { Figures = tuned.Figures };
        }

        // It may know more classes: those that only the newest rows have.
        TrainedModel Answering(int[] rows)
        {
            var labels = frame.Labels.Among(rows);
            using var training = trainer.Begin(spec.Options);
            return FitAgain(
                training,
                [
                    .. LessonsOf(rows, labels)
                        .Zip(
                            measured.Parts,
                            (lesson, part) =>
                                lesson with
                                {
                                    Size = part.Size,
                                    Before = some => measured.Model.Predict(frame, some, threads, cancel),
                                }
                        ),
                ],
                measured.Reading.Classes is null
                    ? measured.Reading
                    : measured.Reading with
                    {
                        Classes = labels.Classes,
                    },
                measured.Model.Calibrator
            );
        }

        // Saved and loaded, so that what is measured is what will be loaded.
        TrainedModel FitAgain(ITraining training, Lesson[] lessons, Reading reading, Calibrator? calibrator)
        {
            SavedPart[] saved =
            [
                .. parts.Zip(
                    lessons,
                    (part, lesson) =>
                        new SavedPart(
                            part.Name,
                            lesson.Size!.Value,
                            training.Fit(lesson, cancel, progress).Scorer.Save()
                        )
                ),
            ];
            var encoder = lessons[0].Encoder;
            return new TrainedModel
            {
                Encoder = encoder,
                Model = LoadedPackage.ModelOf(
                    definition,
                    [.. saved.Select(part => part.Content)],
                    encoder,
                    "the model just trained",
                    calibrator,
                    reading
                ),
                Size = saved[0].Size,
                Reading = reading,
                Parts = saved,
            };
        }

        double? Widening(ITraining training, Lesson[] lessons, Labels labels)
        {
            if (task.FoldsOf(definition, frame, split.Learned) is not { Count: > 0 } folds)
            {
                return null;
            }

            Lesson[] ends = [.. lessons.Where((_, place) => parts[place].IsEnd)];
            var (rows, scores) = OutOfFold.Of(training, ends, folds, say, cancel, progress);
            return task.Widening(spec, scores, labels.Of(rows));
        }

        string Sized(int size) => $"{size} {spec.Trainer.Unit}{(size == 1 ? "" : "s")}";

        Lesson[] LessonsOf(int[] known, Labels labels)
        {
            var lesson = LessonOf(known, labels);
            return
            [
                .. parts.Select(part =>
                    lesson with
                    {
                        Objective = part.Objective with { Width = task.WidthOf(labels) },
                        Directions = part.IsEnd ? [] : lesson.Directions,
                        Targets = part.IsEnd ? lesson.Targets with { RowWeights = null } : lesson.Targets,
                    }
                ),
            ];
        }

        // The fits of a lesson share what is learned without labels: levels and cut points, as bins.
        Lesson LessonOf(int[] known, Labels labels)
        {
            var keep = FrameLayout.CategoriesOf(definition.Features);
            var targets = task.TargetsOf(definition, labels, known);
            var encoder = Encoder.Fit(
                frame,
                known,
                column => keep.GetValueOrDefault(column, CategorySpec.KeepByDefault),
                spec.Trainer.Scales?.Invoke(spec.Options)
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
                Objective = parts[0].Objective,
                Directions = Constraints.DirectionsOf(spec.Constraints, encoder),
                Judge = JudgeOf(encoder, labels),
                Threads = threads,
            };
        }

        Judge JudgeOf(Encoder encoder, Labels labels) =>
            new(
                definition.Metric,
                (encoded, rows) =>
                {
                    var (of, known) = (Measures.Of(definition.Metric), labels.Of(rows));
                    var points = new Points(new Design(encoder), encoded, rows, threads, cancel);
                    return scores =>
                        of.Value(
                            task.Answer(spec, scores, Reading.Plain, labels.Classes) with
                            {
                                Points = points,
                            },
                            known
                        );
                }
            );
    }
}
