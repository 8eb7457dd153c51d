using System.Globalization;

namespace Trainyard.Pipelines;

/// <summary>An option of a trainer whose best value depends on the rows.</summary>
/// <param name="Key">As <c>options</c> has it.</param>
/// <param name="Ends">Between which values it is searched, unless a spec says others.</param>
/// <param name="ByRatio">Whether steps of it are ratios, so that it is drawn evenly in its logarithm.</param>
public sealed record Searched(string Key, Ends Ends, bool ByRatio = false)
{
    /// <summary>The value at a place from 0 to below 1: a whole one, or with three digits, so that people can write it
    /// into a spec.</summary>
    public double At(double place, bool isWhole)
    {
        // Of whole numbers each gets its room, the greatest too.
        var (low, high) = (Ends.Low, isWhole ? Ends.High + 1 : Ends.High);
        var value = ByRatio ? low * Math.Pow(high / low, place) : low + ((high - low) * place);
        return Math.Clamp(isWhole ? Math.Floor(value) : Rounded(value), Ends.Low, Ends.High);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Key}: {Ends}{(ByRatio ? ", evenly in its logarithm" : "")}");

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
