using System.Globalization;

namespace Trainyard.Learning.Data;

/// <summary>What rows are to be answered with: numbers, or classes by their codes. NaN where it is not known yet; none
/// at all where the rows have no label.</summary>
/// <param name="Classes">The classes by their codes, from 0 on; null where labels are numbers.</param>
public sealed record Labels(double[] Values, IReadOnlyList<string>? Classes = null)
{
    public static Labels None { get; } = new([]);

    /// <summary>Of rows that have none.</summary>
    public static Labels Unknown(int rows)
    {
        var values = new double[rows];
        Array.Fill(values, double.NaN);
        return new(values);
    }

    public double this[int row] => Values[row];

    public bool IsKnown(int row) => !double.IsNaN(Values[row]);

    /// <summary>The labels of some rows, in the order given.</summary>
    public double[] Of(int[] rows) => Array.ConvertAll(rows, row => Values[row]);

    /// <summary>The same as labels of their own.</summary>
    public Labels Take(int[] rows) => this with { Values = Of(rows) };

    /// <summary>The labels as a model knows them that learns some of the rows: only classes that occur there have a
    /// code, and whatever is of another is not known. Numbers stay as they are.</summary>
    public Labels Among(int[] rows)
    {
        if (Classes is null)
        {
            return this;
        }

        int[] codes = [.. rows.Select(row => (int)Values[row]).Distinct().Order()];
        var codeOf = codes.Index().ToDictionary(each => each.Item, each => (double)each.Index);
        return new(
            Array.ConvertAll(
                Values,
                code => double.IsNaN(code) ? code : codeOf.GetValueOrDefault((int)code, double.NaN)
            ),
            [.. codes.Select(code => Classes[code])]
        );
    }

    /// <summary>The labels with their classes in order: that of numbers where all are integers, else of
    /// texts.</summary>
    public Labels Sorted()
    {
        if (Classes is null)
        {
            return this;
        }

        var areIntegers = Classes.All(name =>
            long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        );
        int[] order =
        [
            .. Enumerable
                .Range(0, Classes.Count)
                .OrderBy(code => areIntegers ? long.Parse(Classes[code], CultureInfo.InvariantCulture) : 0)
                .ThenBy(code => Classes[code], StringComparer.Ordinal),
        ];
        var places = new double[order.Length];
        foreach (var (place, code) in order.Index())
        {
            places[code] = place;
        }

        return new(
            Array.ConvertAll(Values, code => double.IsNaN(code) ? code : places[(int)code]),
            [.. order.Select(code => Classes[code])]
        );
    }

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
