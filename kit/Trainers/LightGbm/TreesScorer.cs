using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Trainers.MlNet;

namespace Trainyard.Trainers.LightGbm;

/// <summary>Trees and calibrator as they were saved. Flat trees answer in Microsoft.ML's place where they give the same
/// bits.</summary>
internal sealed class TreesScorer : IScorer
{
    private readonly ChainScorer _chain;

    /// <summary>The same answers in a fraction of the time; null where Microsoft.ML must give them.</summary>
    private readonly FlatModel? _flat;

    public TreesScorer(ChainScorer chain, int columns)
    {
        _chain = chain;
        _flat = FlatModel.TryMake(chain.Chain) is { } flat && IsEqual(flat, columns) ? flat : null;
    }

    public int Width => 1;

    /// <summary>Whether flat trees answer in Microsoft.ML's place.</summary>
    public bool IsFlat => _flat is not null;

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

    public byte[] Save() => _chain.Save();

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
