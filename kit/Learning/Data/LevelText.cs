namespace Trainyard.Learning.Data;

/// <summary>Levels of a category whose column holds numbers: equal numbers are one level, however they are
/// written.</summary>
public static class LevelText
{
    /// <summary>The level of a number's text: <c>-0</c> is <c>0</c>, <c>1.50</c> is <c>1.5</c>.</summary>
    public static ReadOnlySpan<char> OfNumber(ReadOnlySpan<char> text)
    {
        var plain = text.Contains('.') && !text.ContainsAny('e', 'E') ? text.TrimEnd('0').TrimEnd('.') : text;
        return plain is "-0" ? "0" : plain;
    }
}
