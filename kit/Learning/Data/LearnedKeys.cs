using System.Buffers.Binary;

namespace Trainyard.Learning.Data;

/// <summary>The keys that a model has learned, as hashes: where a table has no time, they tell which answers are
/// hindsight. Among a million of them and a million others, two have one hash once in 2e7 times.</summary>
public sealed class LearnedKeys
{
    private readonly ulong[] _hashes;

    /// <param name="hashes">In ascending order.</param>
    private LearnedKeys(ulong[] hashes) => _hashes = hashes;

    public static LearnedKeys Of(Frame frame, int[] rows)
    {
        var hashes = Array.ConvertAll(rows, row => frame.Keys[row]);
        Array.Sort(hashes);
        return new LearnedKeys(hashes);
    }

    /// <summary>As <see cref="Save"/> has written them.</summary>
    public static LearnedKeys Load(ReadOnlySpan<byte> saved)
    {
        var hashes = new ulong[saved.Length / sizeof(ulong)];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = BinaryPrimitives.ReadUInt64LittleEndian(saved[(i * sizeof(ulong))..]);
        }

        return new LearnedKeys(hashes);
    }

    public byte[] Save()
    {
        var saved = new byte[_hashes.Length * sizeof(ulong)];
        for (var i = 0; i < _hashes.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(saved.AsSpan(i * sizeof(ulong)), _hashes[i]);
        }

        return saved;
    }

    public bool Contains(ulong key) => Array.BinarySearch(_hashes, key) >= 0;
}
