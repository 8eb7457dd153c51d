namespace Trainyard.Learning.Data;

/// <summary>Classes as sentences name them.</summary>
internal static class ClassNames
{
    private const int MostShown = 10;

    /// <summary><c>'a', 'b', 'c'</c>; of many the first ten.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        return string.Join(", ", sorted.Take(MostShown).Select(name => $"'{name}'"))
            + (sorted.Length > MostShown ? ", …" : "");
    }
}
