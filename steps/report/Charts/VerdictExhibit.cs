using Trainyard.Registry;

namespace Trainyard.Steps.Report.Charts;

/// <summary>The deciding metric of model, champion and baseline. What it is compared with stands in the decision, so no
/// card can hold it.</summary>
internal static class VerdictExhibit
{
    public static IntervalsExhibit Of(Evaluation evaluation, ChampionComparison? comparison)
    {
        var text = MetricText.For(evaluation, comparison);
        var rows = new List<NamedEstimate> { new("This model", Role.Model, evaluation.Model.Metric) };
        if (comparison is { ChampionMetric: { } champion, ChallengerMetric: { } challenger })
        {
            var elsewhere = challenger != evaluation.Model.Metric;
            rows.Add(new(elsewhere ? "Champion *" : "Champion", Role.Champion, champion));
            if (elsewhere)
            {
                rows.Insert(1, new("This model *", Role.Model, challenger));
            }
        }

        if (evaluation.Baseline is { } baseline)
        {
            rows.Add(new("Baseline", Role.Baseline, baseline.Metric));
        }

        var said = rows.Select(row => $"{row.Name} {Sentences.WithInterval(text, row.Estimate)}");
        var better = evaluation.HigherIsBetter ? "higher" : "lower";
        return new IntervalsExhibit
        {
            Id = Exhibition.Verdict,
            Title = $"{evaluation.MetricTitle} on the holdout, {better} is better",
            Caption = rows.Exists(row => Sentences.Interval(text, row.Estimate) is not null)
                ? "The lines are 95\u00a0% intervals."
                : null,
            Description = $"{evaluation.MetricTitle}: {string.Join("; ", said)}.",
            Wide = true,
            X = new Axis(evaluation.MetricTitle),
            Rows = rows,
        };
    }
}
