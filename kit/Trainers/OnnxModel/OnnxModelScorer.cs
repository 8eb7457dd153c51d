using System.Globalization;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>Answers with a file of ONNX, in blocks of rows.</summary>
internal sealed class OnnxModelScorer(InferenceSession session, byte[] file, OnnxNote note, OnnxInputs inputs) : IScorer
{
    /// <summary>So far from 0 to 1, or from 1 together, probabilities may be that 32 bits have rounded.</summary>
    private const double MostRounded = 1e-3;

    private readonly string[] _names = inputs.Names;
    private readonly string[] _outputs = [note.Output];

    public int Width => note.Width;

    public string Extension => "onnx";

    public IReadOnlyList<ModelNote> Notes =>
        [
            new(
                "Made elsewhere",
                string.Create(CultureInfo.InvariantCulture, $"{note.File}, {note.Bytes / 1e6:0.###} MB")
                    + (session.ModelMetadata.ProducerName is { Length: > 0 } by ? $", by {by}" : "")
            ),
            .. note.IsLearnedThroughKnown
                ? Array.Empty<ModelNote>()
                :
                [
                    new(
                        "Has learned",
                        "it is not known which rows: of these figures some may be of rows it had learned, and no "
                            + "prediction is told as hindsight"
                    ),
                ],
        ];

    public BroughtFile? Brought =>
        new(file, OnnxFields.Of(session.InputMetadata), OnnxFields.Of(session.OutputMetadata));

    /// <summary>Throws an <see cref="InvalidDataException"/> with a sentence where that is not what was
    /// saved.</summary>
    public static OnnxModelScorer Load(byte[] saved, Encoder encoder)
    {
        var session = OnnxSession.Open(saved);
        return
            session.ModelMetadata.CustomMetadataMap.TryGetValue(OnnxNote.Key, out var said)
            && JsonSerializer.Deserialize<OnnxNote>(said, Json.Whole) is { } note
            && note.Bytes <= saved.Length
            ? new(session, saved[..note.Bytes], note, OnnxInputs.Of(session, note.File, encoder))
            : throw new InvalidDataException("It does not say how it is read.");
    }

    public byte[] Save() => note.Behind(file);

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        if (order.IsEmpty)
        {
            return;
        }

        var asked = inputs.Make(rows, order);
        try
        {
            using var options = new RunOptions();
            using var answers = session.Run(options, _names, asked, _outputs);
            Read(answers[0], order.Length, scores);
        }
        catch (OnnxRuntimeException problem)
        {
            throw Fault.BadData(
                $"The model '{note.File}' cannot answer the rows: {OnnxSession.ReasonOf(problem)} Mend the rows, or "
                    + "make the model anew. Nothing was changed.",
                problem
            );
        }
        finally
        {
            foreach (var value in asked)
            {
                value.Dispose();
            }
        }
    }

    private void Read(OrtValue answer, int rows, Span<double> scores)
    {
        double[] values =
            answer.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float
                ? [.. answer.GetTensorDataAsSpan<float>().ToArray().Select(value => (double)value)]
                : answer.GetTensorDataAsSpan<double>().ToArray();
        var width = values.Length / rows;
        if (values.Length % rows != 0 || (width != note.Width && !(note.Form == AnswerForm.Probability && width == 2)))
        {
            throw Fault.BadConfiguration(
                $"The model '{note.File}' gives {values.Length} numbers in '{note.Output}' for {rows} rows, and "
                    + $"{note.Width} for each was expected. Make it anew. Nothing was changed."
            );
        }

        for (var row = 0; row < rows; row++)
        {
            Demand(values.AsSpan(row * width, width));
            for (var place = 0; place < note.Width; place++)
            {
                // Of two probabilities the second is that of the positive class.
                var value = values[((row + 1) * width) - note.Width + place];
                scores[(row * note.Width) + place] = note.Form == AnswerForm.Value ? value : Math.Clamp(value, 0, 1);
            }
        }
    }

    /// <summary>65 for what is no answer.</summary>
    private void Demand(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
            if (!double.IsFinite(value))
            {
                throw Misanswered("no number");
            }

            if (note.Form != AnswerForm.Value && value is < -MostRounded or > 1 + MostRounded)
            {
                throw Misanswered("a number that is no probability");
            }
        }

        if (note.Form != AnswerForm.Value && row.Length > 1 && Math.Abs(sum - 1) > MostRounded)
        {
            throw Misanswered("probabilities that are not 1 together");
        }
    }

    private Fault Misanswered(string what) =>
        Fault.BadData(
            $"The model '{note.File}' answers a row with {what} in '{note.Output}'. Mend the rows, or make the model "
                + "anew. Nothing was changed."
        );
}
