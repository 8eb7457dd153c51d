namespace Trainyard.Registry;

/// <summary>Of a table without time whose labels drift along the order of its rows.</summary>
/// <param name="Key">The columns of that order.</param>
/// <param name="Share">How much of the labels' variance lies between consecutive blocks of rows.</param>
/// <param name="ByChance">How much of it would, were the rows in any order: the most of many.</param>
public sealed record RowOrder(IReadOnlyList<string> Key, double Share, double ByChance)
{
    public string Sentence() =>
        $"The labels drift along the key ({string.Join(", ", Key)}): {Formats.Share(Share)} of what they differ by lies"
        + $" between consecutive blocks of rows, and by chance it were {Formats.Share(ByChance)} at most. Rows of the "
        + "holdout then have neighbours that were learned, and rows to come have none: what is promised here is too "
        + "good. If the key is an order in time, name a cutoff.";
}
