using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>Finds out how a file is asked, and whether it answers a row whatever it is asked beside. Every fit is the
/// file.</summary>
internal sealed class OnnxModelTraining : ITraining
{
    /// <summary>Under it a file's metadata may name its classes, as those do that we write.</summary>
    public const string ClassesKey = "classes";

    private const int RowsTried = 16;

    /// <summary>Sums of 32 bits that are taken in another order differ by less.</summary>
    private const double MostDifference = 1e-4;

    private readonly OnnxModelOptions _options;
    private readonly string _name;
    private readonly byte[] _file;
    private readonly InferenceSession _session;

    public OnnxModelTraining(OnnxModelOptions options, string name, byte[] file)
    {
        (_options, _name, _file) = (options, name, file);
        if (OnnxWeights.FirstElsewhere(file) is { } weights)
        {
            throw Fault.BadConfiguration(
                $"The file '{name}' (model.options.file) leaves the weights '{weights}' to another file, which is no "
                    + "part of the pipeline. Save it in one file (in Python onnx.save(onnx.load(FILE), FILE)). Nothing "
                    + "was changed."
            );
        }

        try
        {
            _session = OnnxSession.Open(file);
        }
        catch (InvalidDataException broken)
        {
            throw Fault.BadConfiguration(
                $"The file '{name}' (model.options.file) is no model that can be asked. {broken.Message} Nothing was "
                    + "changed.",
                broken
            );
        }

        Classes = options.Classes ?? ClassesOf(_session);
    }

    public IReadOnlyList<string>? Classes { get; }

    public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
    {
        var form = FormOf(lesson.Objective.Learns.Kind);
        if (form == AnswerForm.Classes && Classes is null)
        {
            throw Fault.BadConfiguration(
                $"The file '{_name}' does not say which classes its probabilities are of"
                    + (
                        _session.ModelMetadata.CustomMetadataMap.TryGetValue(ClassesKey, out var said)
                            ? $", but '{ClassesKey}: {Start(said)}' in its metadata, and "
                                + $"{OnnxModelOptions.ClassesRule} Write"
                            : ": write"
                    )
                    + " them in model.options.classes, in their order. Nothing was changed."
            );
        }

        var width = form == AnswerForm.Classes ? Classes!.Count : 1;
        var output = OnnxOutput.Find(_session, _name, form, width, _options.Output);
        var scorer = new OnnxModelScorer(
            _session,
            _file,
            new OnnxNote
            {
                File = _name,
                Bytes = _file.Length,
                Output = output,
                Form = form,
                Width = width,
                IsLearnedThroughKnown = _options.LearnedThrough is not null,
            },
            OnnxInputs.Of(_session, _name, lesson.Encoder)
        );
        DemandRowsAlone(scorer, lesson);
        return new Fitted(1, scorer);
    }

    /// <summary>Scorers of its fits are asked before that, or loaded from what they save.</summary>
    public void Dispose() => _session.Dispose();

    private static string Start(string said)
    {
        const int most = 60;
        return said.Length > most ? $"{said[..most]}…" : said;
    }

    private static AnswerForm FormOf(LossKind learns) =>
        learns switch
        {
            LossKind.Logistic => AnswerForm.Probability,
            LossKind.Softmax => AnswerForm.Classes,
            _ => AnswerForm.Value,
        };

    /// <summary>Null where it has there what are no classes: another task has no need of them.</summary>
    private static string[]? ClassesOf(InferenceSession session)
    {
        try
        {
            return
                session.ModelMetadata.CustomMetadataMap.TryGetValue(ClassesKey, out var said)
                && JsonSerializer.Deserialize<string[]>(said, Json.Compact) is { } classes
                && OnnxModelOptions.AreClasses(classes)
                ? classes
                : null;
        }
        catch (JsonException)
        {
            // Some other program's word for something else.
            return null;
        }
    }

    /// <summary>78 where a row is answered otherwise beside others than alone: what is published would hang on what
    /// else is asked.</summary>
    private void DemandRowsAlone(OnnxModelScorer scorer, Lesson lesson)
    {
        var (rows, width) = (Math.Min(RowsTried, lesson.Learned.Length), scorer.Width);
        var (together, alone) = (new double[rows * width], new double[width]);
        scorer.Score(lesson.Rows, lesson.Learned.AsSpan(0, rows), together);
        for (var row = 0; row < rows; row++)
        {
            scorer.Score(lesson.Rows, lesson.Learned.AsSpan(row, 1), alone);
            for (var place = 0; place < width; place++)
            {
                var other = together[(row * width) + place];
                if (
                    double.IsNaN(alone[place]) != double.IsNaN(other)
                    || Math.Abs(alone[place] - other) > MostDifference * Math.Max(1, Math.Abs(other))
                )
                {
                    throw Fault.BadConfiguration(
                        $"The file '{_name}' (model.options.file) answers a row otherwise beside others than alone, so "
                            + "what it answers hangs on what else is asked. Make it answer each row by itself. Nothing "
                            + "was changed."
                    );
                }
            }
        }
    }
}
