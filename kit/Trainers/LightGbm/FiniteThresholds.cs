namespace Trainyard.Trainers.LightGbm;

/// <summary>
/// Where a split parts the missing values from all others, LightGBM writes 1e300 for a threshold. In 32 bits that is
/// infinite, and Microsoft.ML would lead the missing values with the others. What no encoded value exceeds
/// (<see cref="Trainyard.Learning.Encoding.EncodedRows.Largest"/>) serves as well.
/// </summary>
internal static class FiniteThresholds
{
    private const string Infinite = "1.0000000000000001e+300";

    /// <summary>As long as what it takes the place of: the text says how long each tree is.</summary>
    private const string Finite = "16777215.00000000000000";

    public static string In(string text) => text.Replace(Infinite, Finite, StringComparison.Ordinal);
}
