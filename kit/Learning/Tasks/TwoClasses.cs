using System.Globalization;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tasks;

/// <summary>What is true of labels that are 0 or 1, whoever answers them.</summary>
internal static class TwoClasses
{
    /// <summary>Why they are too few for an interval; null where they are not.</summary>
    public static string? WhyNoInterval(double[] labels)
    {
        var positives = labels.Count(label => label > 0);
        var (fewer, name) =
            positives < labels.Length - positives ? (positives, "positive") : (labels.Length - positives, "negative");
        return fewer < Comparison.LeastRowsOfClass
            ? $"only {fewer} {name} rows, and fewer than {Comparison.LeastRowsOfClass} say too little about chance"
            : null;
    }

    /// <summary>How many there are, where they are too few to compare two models on; null where they are not.</summary>
    public static string? TooFew(double[] labels)
    {
        var positives = labels.Count(label => label > 0);
        return Math.Min(positives, labels.Length - positives) < Comparison.LeastRowsOfClass
            ? string.Create(CultureInfo.InvariantCulture, $"{labels.Length:N0}, of which {positives:N0} are positive")
            : null;
    }

    /// <summary>What about them keeps metrics from being computed; null where nothing does.</summary>
    public static string? WhyNoMetric(double? mean) =>
        mean switch
        {
            0 => "all labels are negative",
            1 => "all labels are positive",
            _ => null,
        };

    /// <summary>How many of the rows that reach the threshold are positive, and how many of the positive ones reach
    /// it.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Alarms(Answers answers, double[] labels)
    {
        var (scores, threshold) = (answers.Ranking, answers.Reading.Threshold);
        var alarms = scores.Count(score => score >= threshold);
        var hits = scores.Zip(labels).Count(row => row.First >= threshold && row.Second > 0);
        return
        [
            new("precision", (double)hits / alarms),
            new("recall", (double)hits / labels.Count(label => label > 0)),
        ];
    }
}
