namespace Trainyard.Learning.Scoring;

/// <summary>What a model gives for rows, <paramref name="Width"/> numbers a row.</summary>
public sealed record Scores(double[] Values, int Width)
{
    public int Rows => Values.Length / Width;

    /// <summary>The scores of a row.</summary>
    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Width, Width);

    /// <summary>Whether a row has an answer.</summary>
    public bool IsAnswered(int row)
    {
        foreach (var score in Row(row))
        {
            if (double.IsNaN(score))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every row has the same scores as a given one.</summary>
    public bool AreAll(ReadOnlySpan<double> one)
    {
        for (var row = 0; row < Rows; row++)
        {
            if (!Row(row).SequenceEqual(one))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The scores of some rows, in the order given.</summary>
    public Scores Of(int[] rows) =>
        new(
            Width == 1
                ? Array.ConvertAll(rows, row => Values[row])
                : [.. rows.SelectMany(row => Values.AsSpan(row * Width, Width).ToArray())],
            Width
        );

    /// <summary>One of the numbers of each row.</summary>
    public double[] Column(int place)
    {
        if (Width == 1)
        {
            return Values;
        }

        var column = new double[Rows];
        for (var row = 0; row < column.Length; row++)
        {
            column[row] = Values[(row * Width) + place];
        }

        return column;
    }
}
