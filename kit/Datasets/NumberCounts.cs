using System.Numerics;
using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>Counts each distinct number until there are too many. Every number of a dataset comes by here: hence an
/// open table, which is several times as fast as a dictionary.</summary>
internal sealed class NumberCounts
{
    /// <summary>As many slots as a power of two, at most half of them in use. One whose count is 0 is free.</summary>
    private (double Value, long Count)[] _slots = new (double, long)[16];

    /// <summary>False once counting has stopped.</summary>
    public bool IsExact { get; private set; } = true;

    public int Distinct { get; private set; }

    public IEnumerable<(double Value, long Count)> Entries => _slots.Where(slot => slot.Count > 0);

    public void Add(double value, long times = 1)
    {
        if (!IsExact)
        {
            return;
        }

        ref var slot = ref SlotOf(value);
        slot.Count += times;
        if (slot.Count == times)
        {
            slot.Value = value;
            New();
        }
    }

    public void Merge(NumberCounts other)
    {
        if (!other.IsExact)
        {
            Stop();
        }

        foreach (var (value, count) in IsExact ? other.Entries : [])
        {
            Add(value, count);
        }
    }

    /// <summary>Begins anew, as a part of a whole: where the whole has stopped, there is nothing to count
    /// for.</summary>
    public void Begin(NumberCounts whole)
    {
        Stop();
        IsExact = whole.IsExact;
    }

    private ref (double Value, long Count) SlotOf(double value)
    {
        var slots = _slots;
        // 0 and -0 are equal, and the sum of either with 0 is 0.
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        // The upper bits of a product depend on all bits of its factors (Knuth, The Art of Computer Programming, 6.4).
        var at = (int)((bits * 0x9E3779B97F4A7C15) >> (64 - BitOperations.Log2((uint)slots.Length)));
        while (slots[at].Count > 0 && slots[at].Value != value)
        {
            at = (at + 1) & (slots.Length - 1);
        }

        return ref slots[at];
    }

    private void New()
    {
        Distinct++;
        if (Distinct > ColumnProfile.DistinctLimit)
        {
            Stop();
        }
        else if (2 * Distinct > _slots.Length)
        {
            Grow();
        }
    }

    private void Grow()
    {
        var before = _slots;
        _slots = new (double, long)[2 * before.Length];
        foreach (var slot in before.Where(slot => slot.Count > 0))
        {
            SlotOf(slot.Value) = slot;
        }
    }

    private void Stop()
    {
        (IsExact, Distinct) = (false, 0);
        Array.Clear(_slots);
    }
}
