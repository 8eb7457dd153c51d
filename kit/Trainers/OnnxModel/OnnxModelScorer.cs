using System.Globalization;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Explaining;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>Answers with a file of ONNX, in blocks of rows.</summary>
internal sealed class OnnxModelScorer(InferenceSession session, byte[] file, OnnxNote note, OnnxInputs inputs) : IScorer
{
    /// <summary>So far from 0 to 1, or from 1 together, probabilities may be that 32 bits have rounded.</summary>
    private const double MostRounded = 1e-3;

    /// <summary>More rows at once take more memory, and no less time.</summary>
    private const int MostRows = 4096;

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

    /// <summary>What happens between its inputs and its answers nobody here knows.</summary>
    public IExplainer? ExplainerBeside(EncodedRows reference) => SampledExplainer.Of(this, reference);

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

    /// <summary>Rows that the library refuses together are asked in halves, until the one is alone that has no
    /// answer.</summary>
    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        if (order.IsEmpty)
        {
            return;
        }

        if (order.Length > MostRows || !TryRead(rows, order, scores))
        {
            var half = order.Length / 2;
            Score(rows, order[..half], scores[..(half * Width)]);
            Score(rows, order[half..], scores[(half * Width)..]);
        }
    }

    public string? WhyNone(EncodedRows rows, int row)
    {
        try
        {
            return WhyNone(Ask(rows, [row])) is { } odd ? $"it gives {odd} in '{note.Output}'" : null;
        }
        catch (OnnxRuntimeException refused)
        {
            return $"ONNX Runtime says: {OnnxSession.ReasonOf(refused)}";
        }
    }

    /// <summary>Not where several are refused.</summary>
    private bool TryRead(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        double[] values;
        try
        {
            values = Ask(rows, order);
        }
        catch (OnnxRuntimeException)
        {
            if (order.Length == 1)
            {
                scores.Fill(double.NaN);
            }

            return order.Length == 1;
        }

        var width = values.Length / order.Length;
        for (var row = 0; row < order.Length; row++)
        {
            // Of two probabilities the second is that of the positive class.
            var read = values.AsSpan(((row + 1) * width) - Width, Width);
            var isAnswer = WhyNone(values.AsSpan(row * width, width)) is null;
            for (var place = 0; place < Width; place++)
            {
                scores[(row * Width) + place] =
                    !isAnswer ? double.NaN
                    : note.Form == AnswerForm.Value ? read[place]
                    : Math.Clamp(read[place], 0, 1);
            }
        }

        return true;
    }

    /// <summary>What the file gives for rows: as many numbers for each.</summary>
    private double[] Ask(EncodedRows rows, ReadOnlySpan<int> order)
    {
        var asked = inputs.Make(rows, order);
        try
        {
            using var options = new RunOptions();
            using var answers = session.Run(options, _names, asked, _outputs);
            return NumbersOf(answers[0], order.Length);
        }
        catch (OnnxRuntimeException problem) when (OnnxSession.IsOfMemory(problem))
        {
            throw OnnxSession.NoMemory();
        }
        finally
        {
            foreach (var value in asked)
            {
                value.Dispose();
            }
        }
    }

    private double[] NumbersOf(OrtValue answer, int rows)
    {
        double[] values =
            answer.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float
                ? [.. answer.GetTensorDataAsSpan<float>().ToArray().Select(value => (double)value)]
                : answer.GetTensorDataAsSpan<double>().ToArray();
        var width = values.Length / rows;
        return values.Length % rows == 0 && (width == Width || (note.Form == AnswerForm.Probability && width == 2))
            ? values
            : throw Fault.BadConfiguration(
                $"The model '{note.File}' gives {values.Length} numbers in '{note.Output}' for {rows} rows, and "
                    + $"{Width} for each was expected. Make it anew. Nothing was changed."
            );
    }

    /// <summary>Why numbers are no answer, as what they are; null where they are one.</summary>
    private string? WhyNone(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
            if (!double.IsFinite(value))
            {
                return "no number";
            }

            if (note.Form != AnswerForm.Value && value is < -MostRounded or > 1 + MostRounded)
            {
                return "a number that is no probability";
            }
        }

        return note.Form != AnswerForm.Value && row.Length > 1 && Math.Abs(sum - 1) > MostRounded
            ? "probabilities that are not 1 together"
            : null;
    }
}
