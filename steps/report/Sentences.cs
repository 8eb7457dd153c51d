using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Report;

/// <summary>What the figures say, in words.</summary>
public static class Sentences
{
    /// <summary>The run's result in a sentence or two, for the manifest and standard output, where every space is a
    /// plain one.</summary>
    public static string Summary(ReportData data) => Result(data).Replace('\u00a0', ' ');

    /// <summary>The run's result in a word or two, for programs.</summary>
    public static string Outcome(ReportData data) =>
        data switch
        {
            { NothingToDo: not null } => "nothing to do",
            { Run.IsTrial: true } => "trial",
            { Measured.Alarms.Count: > 0 } => "alarm",
            { Measured.IsOver: true } => "alarm over",
            { Decided.Verdict.Promoted: var promoted } => promoted ? "promoted" : "refused",
            _ => data.Shape.Outcome,
        };

    private static string Result(ReportData data) =>
        data switch
        {
            { NothingToDo: { } nothing } => $"There was nothing to {data.Shape.Verb}: {nothing.Sentence.TrimEnd()}",
            { Card: { } card, Decided: { } decided } => $"{Decision(decided.Verdict)} {Quality(card)}",
            { Measured: { Alarms: { Count: > 0 } alarms } measured } =>
                $"{Since(measured, data.Times)}{string.Join(' ', alarms)} Their cutoffs are after "
                    + $"{data.Times.Short(measured.Cutoffs.From)}, up to {data.Times.Short(measured.Cutoffs.To)}.",
            { Measured: not null } => data.Of(StepName.Measure)!.Sentence,
            { Summary: { } summary } => $"{Formats.Count(summary.Rows, "prediction")} by model {summary.Model}.",
            _ => throw new InvalidOperationException("A run has a card, a summary, or nothing to do."),
        };

    /// <summary>Of an alarm that stands, when it began, with a space after it.</summary>
    private static string Since(MeasureSummary measured, Times times) =>
        measured.Before is { } before ? $"The alarm of {before.Run}, as of {times.Long(before.AsOf)}, stands. " : "";

    public static string Decision(Verdict verdict) =>
        verdict switch
        {
            { Promoted: true, Forced: true } => "Promoted by a person.",
            { Promoted: true } => "Promoted.",
            _ => "Refused.",
        };

    /// <summary>The deciding metric against the baseline.</summary>
    public static string Quality(Card card)
    {
        var evaluation = card.Evaluation;
        var text = MetricText.For(evaluation, null);
        var baseline = evaluation.Baseline is { } other
            ? $"; the baseline, {Answering(evaluation)}, has {Formats.Metric(text, other.Metric.Value)}"
            : "";
        return $"On {Formats.Count(card.Split.HoldoutRows, "row")} of the holdout its {evaluation.MetricTitle} is "
            + $"{WithInterval(text, evaluation.Model.Metric)}{baseline}.";
    }

    /// <summary>What the baseline answers, in a word or two.</summary>
    public static string Baseline(Evaluation evaluation) =>
        evaluation.BaselineColumn is { } column ? $"the column {column}" : $"always {Constant(evaluation)}";

    private static string Constant(Evaluation evaluation) =>
        evaluation.BaselineText ?? Formats.Metric(evaluation.BaselineValue);

    /// <summary>0.701 (95 % interval 0.672 to 0.729)</summary>
    public static string WithInterval(MetricText text, Estimate estimate) =>
        Interval(text, estimate) is { } interval
            ? $"{Formats.Metric(text, estimate.Value)} (95\u00a0% interval {interval})"
            : Formats.Metric(text, estimate.Value);

    /// <summary>0.672 to 0.729, or null where there is no interval.</summary>
    public static string? Interval(MetricText text, Estimate estimate) =>
        estimate.HasInterval && estimate.High > estimate.Low
            ? $"{Formats.Metric(text, estimate.Low)} to {Formats.Metric(text, estimate.High)}"
            : null;

    public static string? GainInterval(MetricText text, Estimate estimate) =>
        estimate.HasInterval ? $"{Formats.Gain(text, estimate.Low)} to {Formats.Gain(text, estimate.High)}" : null;

    /// <summary>What the gate asks for.</summary>
    /// <param name="gate">Its limits.</param>
    public static string Gate(GateSpec gate, ModelTask task, Evaluation evaluation)
    {
        var name = evaluation.MetricTitle;
        var champion = gate.WorseByAtMost is { } worse ? Formats.Value(worse) : "1\u00a0% of its value";
        string[] asked =
        [
            .. new[]
            {
                evaluation.Baseline is null
                    ? null
                    : $"asks for a gain of more than {Formats.Value(gate.BetterThanBaselineBy)} over the baseline at "
                        + "the lower end of the interval",
                evaluation.Metric.Compares
                    ? $"allows a model to be worse than the champion by {champion}"
                    : $"does not hold {name} against the champion's",
                gate.SuspiciousBeyond is { } limit ? $"it takes {name} beyond {Formats.Value(limit)} for a leak" : null,
            }.OfType<string>(),
        ];
        return $"The gate {string.Join(", and ", asked)}."
            + string.Concat(task.Limits.Select(limit => Limit(limit, gate)));
    }

    private static string Limit(GateLimit limit, GateSpec gate)
    {
        var value = limit.Of(gate);
        return $" Its {limit.Words} must be {(limit.IsShare ? Formats.Share(value) : Formats.Value(value))} "
            + $"{(limit.IsLeast ? "or more" : "or less")}.";
    }

    /// <summary>Which rows a run reads.</summary>
    public static string Window(ReportData data) =>
        data.Run.Window is { } window
            ? $"cutoffs after {data.Times.Short(window.From)}, up to {data.Times.Short(window.To)}"
            : "the whole table; it has no time";

    /// <summary>Where the model of a score run comes from.</summary>
    public static string Served(ReportData data) =>
        data.Run.Model switch
        {
            null => "",
            { Override: true } => "It was named with --model, so its predictions are not in the view of current ones.",
            { EffectiveAsOf: { } since } => $"It is the champion since {data.Times.Long(since)}.",
            _ => "It is the champion.",
        };

    private static string Answering(Evaluation evaluation) =>
        evaluation.BaselineColumn is { } column
            ? $"which answers what stands in the column {column}"
            : $"which answers {Constant(evaluation)} for every row";

    /// <summary>What was left out of a page, and why; null where all is drawn.</summary>
    public static string? LeftOut(IEnumerable<Exhibit> exhibits)
    {
        var unknown = exhibits.Where(Exhibition.IsUnknown).Select(exhibit => $"“{exhibit.Title}”").ToList();
        return unknown.Count switch
        {
            0 => null,
            1 => $"One exhibit was left out, {unknown[0]}: this version of Trainyard does not know its kind. A later "
                + "one draws it.",
            var many => $"{Formats.Count(many, "exhibit")} were left out, {Formats.Join(unknown)}: this version of "
                + "Trainyard does not know their kinds. A later one draws them.",
        };
    }
}
