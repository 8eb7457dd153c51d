using Microsoft.ML;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.LightGbm.Released;

/// <summary>A chain of Microsoft.ML's transformers. It answers row by row, with the probability where the chain gives
/// one.</summary>
/// <param name="encoder">Names the slots of what the chain reads.</param>
internal sealed class Chain(ITransformer links, Encoder encoder)
{
    private const string Probability = "Probability";

    public ITransformer Links => links;

    /// <summary>A chain as it was saved; 78 where it cannot be read.</summary>
    public static Chain Load(byte[] zip, Encoder encoder, string name)
    {
        using var session = new MlSession();
        try
        {
            return new Chain(session.Context.Model.Load(new MemoryStream(zip), out _), encoder);
        }
        catch (Exception broken)
            when (broken
                    is FormatException
                        or InvalidOperationException
                        or InvalidDataException
                        or NotSupportedException
            )
        {
            throw Fault.BadConfiguration(
                $"{name} cannot be loaded by this version of Trainyard, whose Microsoft.ML is "
                    + $"{typeof(MLContext).Assembly.GetName().Version}: {broken.Message.Split('\n')[0]} Score with "
                    + "the version that trained it, or train again. Nothing was changed.",
                broken
            );
        }
    }

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        var scored = links.Transform(new RowsView(encoder, rows, order.ToArray()));
        var column = scored.Schema.GetColumnOrNull(Probability) ?? scored.Schema["Score"];
        using var cursor = scored.GetRowCursor([column]);
        var get = cursor.GetGetter<float>(column);
        for (var (i, score) = (0, 0f); cursor.MoveNext(); i++)
        {
            get(ref score);
            scores[i] = score;
        }
    }
}
