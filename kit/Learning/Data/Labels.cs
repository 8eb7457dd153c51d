namespace Trainyard.Learning.Data;

/// <summary>What rows are to be answered with: numbers, or classes by their codes. NaN where it is not known yet; none
/// at all where the rows have no label.</summary>
/// <param name="Classes">The classes by their codes, from 0 on; null where labels are numbers.</param>
public sealed record Labels(double[] Values, IReadOnlyList<string>? Classes = null)
{
    public static Labels None { get; } = new([]);

    public double this[int row] => Values[row];

    public bool IsKnown(int row) => !double.IsNaN(Values[row]);

    /// <summary>The labels of some rows, in the order given.</summary>
    public double[] Of(int[] rows) => Array.ConvertAll(rows, row => Values[row]);

    /// <summary>Puts labels one after the other; a class has one code in all of them.</summary>
    public static Labels Join(IReadOnlyList<Labels> parts)
    {
        if (parts.All(part => part.Classes is null))
        {
            return new([.. parts.SelectMany(part => part.Values)]);
        }

        List<string> classes = [.. parts.SelectMany(part => part.Classes ?? []).Distinct(StringComparer.Ordinal)];
        var codeOf = classes.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        return new(
            [
                .. parts.SelectMany(part =>
                    part.Values.Select(code => double.IsNaN(code) ? code : codeOf[part.Classes![(int)code]])
                ),
            ],
            classes
        );
    }
}
