using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Encoding;

/// <summary>The values of a column for a model that reads them as the query gives them. Encoded rows name them by
/// number, so whoever shuffles or samples columns does to them what it does to others.</summary>
/// <param name="Numbers">Of numbers in 64 bits, NaN where null; null where encoded rows hold the numbers themselves, or
/// levels.</param>
/// <param name="Levels">Of a category; null of numbers.</param>
public sealed record AsIs(double[]? Numbers, IReadOnlyList<string>? Levels)
{
    /// <summary>The number of the first level: as codes of encoded columns, of which two mean something else.</summary>
    private const int First = EncodedColumn.Other + 1;

    /// <summary>NaN where it is null.</summary>
    public double NumberOf(float encoded) => Numbers is null ? encoded : Numbers[(int)encoded];

    /// <summary>Null where it is null.</summary>
    public string? LevelOf(float encoded) => encoded == EncodedColumn.Null ? null : Levels![(int)encoded - First];

    /// <summary>Two columns one after the other, named anew: what stands in one may stand under other numbers in the
    /// other.</summary>
    public static (float[] Encoded, AsIs Values) Joined(params (float[] Encoded, AsIs Values)[] parts)
    {
        if (parts[0].Values.Levels is null)
        {
            double[] numbers = [.. parts.SelectMany(part => part.Encoded.Select(part.Values.NumberOf))];
            return ([.. Enumerable.Range(0, numbers.Length).Select(row => (float)row)], new AsIs(numbers, null));
        }

        string?[] levels = [.. parts.SelectMany(part => part.Encoded.Select(part.Values.LevelOf))];
        return (
            [.. levels.Select((level, row) => level is null ? EncodedColumn.Null : (float)(row + First))],
            new AsIs(null, [.. levels.Select(level => level ?? "")])
        );
    }

    public static (float[] Encoded, AsIs Values) Of(CategoryColumn column) =>
        (
            Array.ConvertAll(column.Codes, code => code == 0 ? EncodedColumn.Null : (float)(code - 1 + First)),
            new AsIs(null, column.Levels)
        );

    public static (float[] Encoded, AsIs Values) Of(NumberColumn column)
    {
        if (column.Singles is { } singles)
        {
            return (singles, new AsIs(null, null));
        }

        if (column.Count > EncodedRows.Largest)
        {
            throw Fault.BadData(
                $"The column '{column.Name}' has {column.Count} numbers that 32 bits do not hold, more than the "
                    + $"{EncodedRows.Largest:F0} that can be handed on as they are: shorten 'history', or take a "
                    + "trial. Nothing was changed."
            );
        }

        var (encoded, numbers) = (new float[column.Count], new double[column.Count]);
        for (var row = 0; row < numbers.Length; row++)
        {
            (encoded[row], numbers[row]) = (row, column[row]);
        }

        return (encoded, new AsIs(numbers, null));
    }
}
