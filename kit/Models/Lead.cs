namespace Trainyard.Models;

/// <summary>Which of several goes on where the first one stays unless another is surely better.</summary>
internal static class Lead
{
    /// <summary>The place of the one whose gain over the first exceeds its error by the most; 0 where none
    /// does.</summary>
    /// <param name="gains">Over the first, each with its standard error; null where there is none to be had.</param>
    /// <param name="errors">How many of its standard errors a gain has to exceed.</param>
    public static int BestOf(IReadOnlyList<(double? Gain, double? Error)> gains, double errors) =>
        Enumerable
            .Range(0, gains.Count)
            .MaxBy(place => place == 0 ? 0 : gains[place].Gain - (errors * gains[place].Error) ?? double.NaN);
}
