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
        var (parts, learned) = (task.PartsOf(definition), split.Learned);
        var labels = frame.Labels.Among(learned);
        using var training = trainer.Begin(spec.Options);
        say("Fitting on fit, with validation deciding when to stop");
        var lesson = LessonOf(learned);
        Lesson[] lessons =
        [
            .. parts.Select(part =>
                lesson with
                {
                    Objective = part.Objective with { Width = task.WidthOf(labels) },
                    Directions = part.IsEnd ? [] : lesson.Directions,
                    Targets = part.IsEnd ? lesson.Targets with { RowWeights = null } : lesson.Targets,
                    Learned = split.Fit,
                    Validation = split.Validation,
                }
            ),
        ];
        Fitted[] first = [.. lessons.Select(each => training.Fit(each, cancel, progress))];
        var tuned = task.Tune(spec, training, first[0].Scorer, lessons[0], labels);

        var size = first[0].Size;
        lessons =
        [
            .. lessons.Zip(
                first,
                (each, fitted) => each with { Learned = learned, Validation = null, Size = fitted.Size }
            ),
        ];
        var reading = tuned.Reading with { Widening = Widening() };
        say($"Fitting {size} {spec.Trainer.Unit}{(size == 1 ? "" : "s")} on fit and validation");
        SavedPart[] saved =
        [
            .. parts.Zip(
                lessons,
                (part, each) =>
                    new SavedPart(part.Name, each.Size!.Value, training.Fit(each, cancel, progress).Scorer.Save())
            ),
        ];

        // Saved and loaded, so that what is measured is what will be served.
        return new TrainedModel
        {
            Encoder = lesson.Encoder,
            Model = LoadedPackage.ModelOf(
                definition,
                [.. saved.Select(part => part.Content)],
                lesson.Encoder,
                "the model just trained",
                tuned.Calibrator,
                reading
            ),
            Size = size,
            Reading = reading,
            Parts = saved,
        };

        double? Widening()
        {
            if (task.FoldsOf(definition, frame, learned) is not { Count: > 0 } folds)
            {
                return null;
            }

            Lesson[] ends = [.. lessons.Where((_, place) => parts[place].IsEnd)];
            var (rows, scores) = OutOfFold.Of(training, ends, folds, say, cancel, progress);
            return task.Widening(spec, scores, labels.Of(rows));
        }

        // All fits share what is learned without their labels: levels and cut points, as bins.
        Lesson LessonOf(int[] known)
        {
            var keep = FrameLayout.CategoriesOf(definition.Features);
            var targets = task.TargetsOf(definition, labels, known);
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
                Objective = parts[0].Objective,
                Directions = Constraints.DirectionsOf(spec.Constraints, encoder),
                Threads = threads,
            };
        }
    }
}
