namespace Trainyard.Learning.Drift;

/// <summary>The logarithms of the distances of a season's blocks, to which one can be added and from which one can be
/// taken.</summary>
/// <param name="Blocks">How many they are.</param>
/// <param name="Mean">Of all; 0 of none.</param>
/// <param name="FromMean">The sum of the squares of how far each lies from it.</param>
internal readonly record struct SeasonDistances(int Blocks, double Mean, double FromMean)
{
    /// <summary>NaN of none.</summary>
    public double Center => Blocks == 0 ? double.NaN : Mean;

    /// <summary>How many have others beside them.</summary>
    public int Told => Blocks > 1 ? Blocks : 0;

    /// <summary>The sum of the squares of how far each lies from the mean of the others: that is n / (n - 1) times as
    /// far as from the mean of all.</summary>
    public double Squares => Blocks > 1 ? FromMean * Math.Pow((double)Blocks / (Blocks - 1), 2) : 0;

    public SeasonDistances With(double logarithm)
    {
        var mean = Mean + ((logarithm - Mean) / (Blocks + 1));
        return new SeasonDistances(Blocks + 1, mean, FromMean + ((logarithm - Mean) * (logarithm - mean)));
    }

    /// <param name="logarithm">One of them.</param>
    public SeasonDistances Without(double logarithm)
    {
        if (Blocks == 1)
        {
            return default;
        }

        var mean = Mean - ((logarithm - Mean) / (Blocks - 1));
        return new SeasonDistances(Blocks - 1, mean, Math.Max(0, FromMean - ((logarithm - Mean) * (logarithm - mean))));
    }
}
