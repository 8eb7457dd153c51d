using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Scoring;

/// <summary>Holds a model to an answer for each row that there is.</summary>
public static class Demanded
{
    /// <summary>65 where a row has none.</summary>
    /// <param name="rows">Their places in the frame, in the order of the scores.</param>
    /// <param name="among">What they are together, as <c>the holdout</c>.</param>
    /// <param name="whyNone">Why one of them has none.</param>
    public static Scores Of(Scores scores, Frame frame, int[] rows, string among, Func<int, string?> whyNone)
    {
        int[] without = [.. rows.Where((_, place) => !scores.IsAnswered(place))];
        if (without is not [var first, ..])
        {
            return scores;
        }

        const string remedy = "Mend such rows, or make the model anew. Nothing was changed.";
        var told = string.Create(
            CultureInfo.InvariantCulture,
            $"The model has no answer to {without.Length:N0} of the {Counted.Of(rows.Length, "row")} of {among}"
        );
        var which = string.Create(CultureInfo.InvariantCulture, $"row {first + 1:N0} of the features");
        var cutoff = string.Create(
            CultureInfo.InvariantCulture,
            $"{(frame.Cutoffs.Length == 0 ? "" : $", with the cutoff {frame.Cutoffs[first]:yyyy-MM-ddTHH:mm:ssZ}")}"
        );
        var why = whyNone(first) is { } reason ? $": {reason.TrimEnd('.')}" : "";
        throw new Fault(ExitCode.BadData, $"{told}, first to {which}{cutoff}{why}. {remedy}")
        {
            Outline = $"{told}. {remedy}",
        };
    }
}
