using Trainyard.Registry;

namespace Trainyard.Learning.Gates;

/// <summary>What a person should know beside the verdict: it has decided nothing.</summary>
internal static class Asides
{
    public static IEnumerable<string> Of(Evaluation evaluation)
    {
        if (evaluation.LeftOut?.GetValueOrDefault(evaluation.Metric.Name) is { } rows)
        {
            yield return $"{evaluation.MetricTitle} leaves out {rows.Replace('\u00a0', ' ')}.";
        }

        if (evaluation.Looks is { } looks)
        {
            yield return Look.Sentence(looks);
        }

        if (evaluation.RowOrder is { } order)
        {
            yield return order.Sentence().Replace('\u00a0', ' ');
        }

        if (evaluation.Coverage is { IsMissed: true } coverage)
        {
            yield return CoverageExhibit.Sentence(coverage).Replace('\u00a0', ' ');
        }

        if (evaluation.Constraints?.Where(each => each.Broken > 0).ToList() is { Count: > 0 } broken)
        {
            yield return $"The constraints on {string.Join(", ", broken.Select(each => each.Column))} do not hold "
                + "everywhere: the report has how often.";
        }
    }
}
