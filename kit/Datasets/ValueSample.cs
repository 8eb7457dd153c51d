namespace Trainyard.Datasets;

/// <summary>
/// A uniform sample of values: those whose rows have the smallest hashes. Which they are depends on the seed and the
/// rows
/// alone, so samples of parts merge in any order to the sample of the whole (Cohen and Kaplan, Summarizing data using
/// bottom-k sketches, 2007).
/// </summary>
internal sealed class ValueSample
{
    public const int Size = 10_000;

    private ulong[] _hashes = new ulong[256];
    private double[] _values = new double[256];
    private int _count;
    private ulong _below = ulong.MaxValue;

    public void Add(ulong hash, double value)
    {
        if (hash < _below)
        {
            Insert(hash, value);
        }
    }

    public void Merge(ValueSample other)
    {
        for (var at = 0; at < other._count; at++)
        {
            Add(other._hashes[at], other._values[at]);
        }
    }

    /// <summary>Begins anew, as a part of a whole that is sampled so far: what has no place there any more is not
    /// kept here either.</summary>
    public void Begin(ValueSample whole)
    {
        whole.Cut();
        (_count, _below) = (0, whole._below);
    }

    public double[] Sorted()
    {
        Cut();
        var sorted = _values[.._count];
        Array.Sort(sorted);
        return sorted;
    }

    private void Insert(ulong hash, double value)
    {
        if (_count == _hashes.Length)
        {
            if (_count < 2 * Size)
            {
                var length = Math.Min(2 * _count, 2 * Size);
                Array.Resize(ref _hashes, length);
                Array.Resize(ref _values, length);
            }
            else
            {
                Cut();
                if (hash >= _below)
                {
                    return;
                }
            }
        }

        (_hashes[_count], _values[_count]) = (hash, value);
        _count++;
    }

    private void Cut()
    {
        if (_count > Size)
        {
            Array.Sort(_hashes, _values, 0, _count);
            _count = Size;
            _below = _hashes[Size - 1];
        }
    }
}
