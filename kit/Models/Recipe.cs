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

/// <summary>How a model is made by one trainer: the fits, and what is encoded for them.</summary>
internal sealed class Recipe(
    Definition definition,
    Frame frame,
    Split split,
    int threads,
    Action<string> say,
    IReadOnlyDictionary<string, byte[]> files,
    CancellationToken cancel,
    IProgress<string>? progress
)
{
    /// <summary>Texts have no more weights than these, however many there are and however many classes.</summary>
    private const int MostWeights = 1 << 22;

    private readonly ModelSpec _spec = definition.Model;
    private readonly ITask _task = LearningTasks.Of(definition.Model.Task);
    private readonly ITrainer _trainer = TrainerList.Of(definition.Model.Trainer);
    private readonly TrainerOptions _options = definition.Model.Options.For(split.Learned.Length, frame.Columns.Count);
    private readonly IReadOnlyList<ModelPart> _parts = LearningTasks.Of(definition.Model.Task).PartsOf(definition);

    /// <summary>Whose answers tell how wide an interval has to be.</summary>
    private readonly Lazy<IReadOnlyList<Fold>> _folds = new(() =>
        LearningTasks.Of(definition.Model.Task).FoldsOf(definition, frame, split.Learned)
    );

    public Definition Definition => definition;

    /// <summary>The first fits of each part, which are held against rows that they have not learned.</summary>
    /// <param name="tries">The split's; some of their rows may be left out.</param>
    public Begun Begin(IReadOnlyList<Fold> tries)
    {
        var training = _trainer.Begin(_options, files);
        try
        {
            var labels = training.Classes is { } classes ? LabelsBy(classes) : frame.Labels.Among(split.Learned);
            var lessons = LessonsOf(split.Learned, LearnedByAll(tries), labels);
            var (sizes, tried) = Sizing.Of(
                training,
                lessons,
                tries,
                split.Card.Folds is not null,
                Told,
                cancel,
                progress
            );
            var validated = Sizing.Validated(lessons[0], frame, tried, cancel);
            if (_spec.Trainer.MadeElsewhere)
            {
                // Whoever made it has not seen whether it answers these rows, whether or not their answers are needed.
                var answers = validated.Answer();
                validated = validated with { Answer = () => answers };
            }

            return new Begun(
                this,
                training,
                [.. lessons.Zip(sizes, (lesson, size) => lesson with { Size = size })],
                tried,
                labels,
                _task.Tune(_spec, training, validated, labels, cancel)
            );
        }
        catch
        {
            training.Dispose();
            throw;
        }

        // Nothing is fitted where the model was made elsewhere.
        void Told(string what) =>
            say(_spec.Trainer.MadeElsewhere ? "Answering the rows of validation with the model made elsewhere" : what);
    }

    /// <summary>How scores are read, as validation and what was answered out of fold have found.</summary>
    public Reading ReadingOf(Begun begun) => begun.Tuned.Reading with { Widening = Widening(begun) };

    /// <summary>The fit that is measured, at the size that validation has picked.</summary>
    public TrainedModel Measured(Begun begun)
    {
        var reading = ReadingOf(begun);
        var rows = split.Validation.Length == 0 ? "all folds" : "fit and validation";
        say(
            _spec.Trainer.MadeElsewhere
                ? "Taking the model as it was made elsewhere"
                : $"Fitting {Counted.Of(begun.Lessons[0].Size!.Value, _spec.Trainer.Unit)} on {rows}"
        );
        return FitAgain(begun.Training, begun.Lessons, reading, begun.Tuned.Calibrator) with
        {
            Figures = begun.Tuned.Figures,
        };
    }

    /// <summary>The fit that answers in its place. It may know more classes: those that only the newest rows
    /// have.</summary>
    public TrainedModel Answering(TrainedModel measured, int[] rows)
    {
        say($"Fitting {Counted.Of(measured.Size, _spec.Trainer.Unit)} on all rows, to answer");
        var labels = frame.Labels.Among(rows);
        using var training = _trainer.Begin(_options, files);
        return FitAgain(
            training,
            [
                .. LessonsOf(rows, rows, labels)
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
            measured.Reading.Classes is null ? measured.Reading : measured.Reading with { Classes = labels.Classes },
            measured.Model.Calibrator
        );
    }

    /// <summary>Saved and loaded, so that what is measured is what will be loaded.</summary>
    private TrainedModel FitAgain(ITraining training, Lesson[] lessons, Reading reading, Calibrator? calibrator)
    {
        SavedPart[] saved =
        [
            .. _parts.Zip(
                lessons,
                (part, lesson) =>
                    new SavedPart(part.Name, lesson.Size!.Value, training.Fit(lesson, cancel, progress).Scorer.Save())
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
            Options = _options,
            Size = saved[0].Size,
            Reading = reading,
            Parts = saved,
        };
    }

    /// <summary>78 where the labels have none of the classes: a model made elsewhere calls them otherwise.</summary>
    private Labels LabelsBy(IReadOnlyList<string> classes)
    {
        const int most = 5;
        return frame.Labels.Classes is not { } asked || asked.Intersect(classes, StringComparer.Ordinal).Any()
            ? frame.Labels.By(classes)
            : throw Fault.BadConfiguration(
                $"The model knows the classes {List(classes)}, and the label '{definition.Label!.Column}' has none of "
                    + $"them, but {List(asked)}. Name them as the label does. Nothing was changed."
            );

        static string List(IReadOnlyList<string> names) =>
            string.Join(", ", names.Take(most).Select(name => $"'{name}'")) + (names.Count > most ? " …" : "");
    }

    private double? Widening(Begun begun)
    {
        if (_folds.Value is not { Count: > 0 } folds)
        {
            return null;
        }

        Lesson[] ends = [.. begun.Lessons.Where((_, place) => _parts[place].IsEnd)];
        var (rows, scores) = OutOfFold.Of(begun.Training, ends, folds, say, cancel, progress);
        return _task.Widening(_spec, scores, begun.Labels.Of(rows));
    }

    /// <summary>The rows that every fit learns which is held against others: none of these is in any gap, nor
    /// answered.</summary>
    private int[] LearnedByAll(IReadOnlyList<Fold> tries) =>
        [
            .. tries
                .Concat(_folds.Value)
                .Select(IEnumerable<int> (fold) => fold.Learned)
                .Aggregate((some, others) => some.Intersect(others)),
        ];

    private Lesson[] LessonsOf(int[] known, int[] telling, Labels labels)
    {
        var lesson = LessonOf(known, telling, labels);
        return
        [
            .. _parts.Select(part =>
                lesson with
                {
                    Objective = part.Objective with { Width = _task.WidthOf(labels) },
                    Directions = part.IsEnd ? [] : lesson.Directions,
                    Targets = part.IsEnd ? lesson.Targets with { RowWeights = null } : lesson.Targets,
                }
            ),
        ];
    }

    /// <summary>The fits of a lesson share levels and cut points, as bins.</summary>
    /// <param name="telling">The rows whose labels have a say in the order of levels.</param>
    private Lesson LessonOf(int[] known, int[] telling, Labels labels)
    {
        var keep = FrameLayout.CategoriesOf(definition.Features);
        var buckets = definition.Features.Text.ToDictionary(text => text.Column, text => text.Buckets);
        var targets = _task.TargetsOf(definition, labels, known);
        var encoder = Encoder.Fit(
            frame,
            known,
            column => keep.GetValueOrDefault(column, CategorySpec.KeepByDefault),
            _spec.Trainer.Scales?.Invoke(_spec.Options),
            _spec.Trainer.CountsFromMiddle,
            definition.Model.Task.LearnsLabels && labels.Classes is null
                ? new LevelOrder(labels.Values, telling)
                : null,
            column => (buckets[column], MostWeights / (buckets.Count * _task.WidthOf(labels))),
            _spec.Trainer.ReadsAsIs
        ) with
        {
            // What was made elsewhere has learned labels as they are.
            LabelMiddle = _spec.Trainer.MadeElsewhere ? null : targets.Middle,
        };
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = targets,
            Known = known,
            Learned = known,
            Objective = _parts[0].Objective,
            Directions = Constraints.DirectionsOf(_spec.Constraints, encoder),
            Judge = JudgeOf(encoder, labels),
            Parts = rows => Folds.OfAll(definition, frame, rows),
            Threads = threads,
        };
    }

    private Judge JudgeOf(Encoder encoder, Labels labels) =>
        new(
            definition.Metric,
            (encoded, rows) =>
            {
                var (of, known) = (Measures.Of(definition.Metric), labels.Of(rows));
                var points = new Points(new Design(encoder), encoded, rows, threads, cancel);
                return scores =>
                    of.Value(
                        _task.Answer(_spec, scores, Reading.Plain, labels.Classes) with
                        {
                            Points = points,
                        },
                        known
                    );
            }
        );
}
