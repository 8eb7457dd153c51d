using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Trainers.LightGbm.Released;

/// <summary>Trees and calibrator as version 1.0 saved them, in Microsoft.ML's form. Flat trees answer in its place
/// where they give the same bits.</summary>
internal sealed class ReleasedScorer : IScorer
{
    private readonly byte[] _zip;
    private readonly Chain _chain;

    /// <summary>The same answers in a fraction of the time; null where Microsoft.ML must give them.</summary>
    private readonly FlatModel? _flat;

    private ReleasedScorer(byte[] zip, Chain chain, int columns)
    {
        (_zip, _chain) = (zip, chain);
        _flat = FlatModel.TryMake(chain.Links) is { } flat && IsEqual(flat, columns) ? flat : null;
    }

    public int Width => 1;

    public string Extension => "zip";

    /// <summary>Whether flat trees answer in Microsoft.ML's place.</summary>
    public bool IsFlat => _flat is not null;

    /// <summary>Whether a model's file is of this form: a zip, which begins so.</summary>
    public static bool IsOne(ReadOnlySpan<byte> saved) => saved.StartsWith("PK"u8);

    public static ReleasedScorer Load(byte[] zip, Encoder encoder, string name) =>
        new(zip, Chain.Load(zip, encoder, name), encoder.Columns.Count);

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        if (_flat is not null)
        {
            _flat.Answer(rows, order, scores);
        }
        else
        {
            _chain.Score(rows, order, scores);
        }
    }

    public byte[] Save() => _zip;

    /// <summary>Whether the answers are Microsoft.ML's, bit for bit.</summary>
    private bool IsEqual(FlatModel flat, int columns)
    {
        var probes = flat.Probes(columns);
        int[] order = [.. Enumerable.Range(0, probes.Count)];
        var (answers, expected) = (new double[order.Length], new double[order.Length]);
        flat.Answer(probes, order, answers);
        _chain.Score(probes, order, expected);
        return answers.AsSpan().SequenceEqual(expected);
    }
}
