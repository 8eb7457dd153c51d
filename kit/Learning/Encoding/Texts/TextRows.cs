namespace Trainyard.Learning.Encoding;

/// <summary>The texts of a column as a model reads them. Encoded rows name them by number: 0 is null.</summary>
public sealed class TextRows(Gram[][] texts)
{
    public ReadOnlySpan<Gram> Of(float number) => texts[(int)number];

    /// <summary>What all texts have, added up.</summary>
    public long Grams => texts.Sum(text => (long)text.Length);
}
