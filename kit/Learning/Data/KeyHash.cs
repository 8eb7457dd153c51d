using Trainyard.Datasets;

namespace Trainyard.Learning.Data;

/// <summary>A hash of a key that is the same in every process and on every machine, unlike .NET's own: splits by key
/// rest on it.</summary>
public static class KeyHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(DatasetReader reader, ReadOnlySpan<int> key)
    {
        var hash = Offset;
        foreach (var index in key)
        {
            hash = Add(hash, reader.Utf8(index));
        }

        return Mix(hash);
    }

    /// <summary>A share of [0, 1) in which keys lie evenly.</summary>
    public static double ShareOf(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>FNV-1a; a byte that UTF-8 does not have ends each field, so that (ab, c) and (a, bc) differ.</summary>
    public static ulong Add(ulong hash, ReadOnlySpan<byte> field)
    {
        foreach (var value in field)
        {
            hash = (hash ^ value) * Prime;
        }

        return (hash ^ 0xFF) * Prime;
    }

    /// <summary>FNV leaves its high bits uneven for short keys; this is the finish of SplitMix64.</summary>
    public static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
