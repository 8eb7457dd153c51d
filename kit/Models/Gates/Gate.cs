using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models.Gates;

/// <summary>Decides whether a model is promoted, and says why in a sentence or two.</summary>
public static class Gate
{
    private const double ShareOfChampion = 0.01;

    public static Verdict Decide(GateCase @case)
    {
        var (spec, evaluation) = (@case.Spec, @case.Evaluation);
        var metric = evaluation.Metric;
        var model = evaluation.Model.Metric;
        if (double.IsNaN(model.Value))
        {
            return Refused($"{metric.Title()} cannot be computed on the holdout: {WhyNot(evaluation)}.");
        }

        var against =
            $"{metric.Title()} is {MetricText.Of(model)}, against the baseline's "
            + $"{MetricText.Of(evaluation.Baseline.Metric.Value)}: {Better(evaluation.GainOverBaseline)}";
        if (spec.SuspiciousBeyond is { } limit && (metric.HigherIsBetter() ? model.Value > limit : model.Value < limit))
        {
            return Refused(
                $"{metric.Title()} is {MetricText.Of(model)}, better than suspicious_beyond "
                    + $"{MetricText.Of(limit)}: this looks as if the features know the future. If they do not, "
                    + $"promote it by hand: {@case.Command}"
            );
        }

        var required = spec.BetterThanBaselineBy;
        if (!((evaluation.GainOverBaseline.Low ?? evaluation.GainOverBaseline.Value) >= required))
        {
            var end = evaluation.GainOverBaseline.Low is { } low ? $"the lower end, {MetricText.Of(low)}," : "that";
            return Refused(
                $"{against}, and {end} is below the {MetricText.Of(required)} that better_than_baseline_by asks for."
            );
        }

        if (@case.Incomparable is { } other)
        {
            return Refused(
                $"{against}, but it cannot be compared with the champion {other}, which answers other rows, "
                    + $"another label or other features. If it is to serve, promote it by hand: {@case.Command}"
            );
        }

        return evaluation.Champion is { } comparison
            ? Against(comparison, spec, metric, against)
            : Promoted($"{against}. {evaluation.NoChampionBecause}");
    }

    private static Verdict Against(ChampionComparison comparison, GateSpec spec, Metric metric, string against)
    {
        var allowed = spec.WorseByAtMost ?? (ShareOfChampion * Math.Abs(comparison.ChampionMetric.Value));
        var rows = string.Create(CultureInfo.InvariantCulture, $"{comparison.Rows:N0}");
        var figures =
            $"On the {rows} rows that neither has learned the champion {comparison.Champion} has "
            + $"{MetricText.Of(comparison.ChampionMetric.Value)} and the model "
            + $"{MetricText.Of(comparison.ChallengerMetric.Value)}: {Better(comparison.Gain)}";
        var source = spec.WorseByAtMost is null ? "1 % of the champion's" : "worse_by_at_most";
        if (comparison.Gain.Value < -allowed)
        {
            return Refused($"{figures}, and {MetricText.Of(allowed)} is allowed ({source}). The champion serves on.");
        }

        return Promoted(
            $"{against}. "
                + $"{figures}{(comparison.Gain.Value < 0 ? $", and {MetricText.Of(allowed)} is allowed ({source})" : "")}."
        );
    }

    private static string Better(Estimate gain) =>
        (gain.Value < 0 ? "worse by " : "better by ") + MetricText.Of(gain.Value < 0 ? Negated(gain) : gain);

    private static Estimate Negated(Estimate gain) => new(-gain.Value, -gain.High, -gain.Low);

    private static string WhyNot(Evaluation evaluation) =>
        evaluation.LabelMean switch
        {
            0 => "all labels are negative",
            1 => "all labels are positive",
            _ => "all labels are equal",
        };

    private static Verdict Promoted(string reason) => new() { Promoted = true, Reason = reason };

    private static Verdict Refused(string reason) => new() { Promoted = false, Reason = reason };
}

/// <summary>What the gate decides about.</summary>
public sealed record GateCase
{
    public required GateSpec Spec { get; init; }
    public required Evaluation Evaluation { get; init; }

    /// <summary>The champion, where it answers other rows, another label or other features.</summary>
    public string? Incomparable { get; init; }

    /// <summary>The command by which a person promotes the model all the same.</summary>
    public required string Command { get; init; }
}
