namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>A set of levels, a bit each.</summary>
internal static class LevelSet
{
    /// <param name="level">−1, and any other that is none, is in no set.</param>
    public static bool Has(ReadOnlySpan<uint> set, int level)
    {
        var word = (uint)level >> 5;
        return word < (uint)set.Length && ((set[(int)word] >> (level & 31)) & 1) != 0;
    }
}
