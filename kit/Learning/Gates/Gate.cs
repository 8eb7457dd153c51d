using System.Globalization;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Gates;

/// <summary>Decides whether a model is promoted, and says why in a sentence or two. What cannot be computed is no
/// reason
/// to promote.</summary>
public sealed class Gate
{
    private const double ShareOfChampion = 0.01;

    private readonly GateCase _case;
    private readonly MetricText _text;

    /// <summary>How much worse than the champion the model may be.</summary>
    private readonly double _allowed;

    private Gate(GateCase @case)
    {
        var champion = @case.Champion;
        _case = @case;
        _allowed =
            @case.Spec.WorseByAtMost ?? (ShareOfChampion * Math.Abs(champion?.ChampionMetric?.Value ?? double.NaN));
        _text = MetricText.For(
            Evaluation,
            champion,
            [
                .. Gain is null ? [] : new[] { (Least, @case.Spec.BetterThanBaselineBy) },
                (Model.Value, @case.Spec.SuspiciousBeyond ?? Model.Value),
                (champion?.Gain?.Value ?? 0, champion?.Gain is null ? 0 : -_allowed),
            ]
        );
    }

    private Evaluation Evaluation => _case.Evaluation;

    private Metric Metric => Evaluation.Metric;

    private Estimate Model => Evaluation.Model.Metric;

    /// <summary>Null where there is no baseline.</summary>
    private Estimate? Gain => Evaluation.GainOverBaseline;

    /// <summary>What decides: the lower end, or where there is no interval the point. NaN is above nothing.</summary>
    private double Least => Gain?.Low ?? Gain?.Value ?? double.NaN;

    /// <summary>The metric's name where a sentence begins.</summary>
    private string Title => char.ToUpperInvariant(Metric.Title[0]) + Metric.Title[1..];

    private string Baseline => Evaluation.BaselineColumn is { } column ? $"the column {column}'s" : "the baseline's";

    private string Against =>
        Evaluation.Baseline is { } baseline && Gain is { } gain
            ? $"{Title} is {_text.Of(Model)}, against {Baseline} {_text.Of(baseline.Metric.Value)}: {Better(gain)}"
            : $"{Title} is {_text.Of(Model)}";

    /// <summary>What decides where there is nothing to compare with, as the end of a sentence.</summary>
    public static string Else(bool hasBaseline) =>
        hasBaseline ? "the baseline decides" : "there is nothing to compare it with";

    public static Verdict Decide(GateCase @case)
    {
        var verdict = new Gate(@case).Decide();
        return verdict with { Reason = string.Join(' ', [verdict.Reason, .. Asides.Of(@case.Evaluation)]) };
    }

    private Verdict Decide() =>
        WhyNot() is { } reason ? new Verdict { Promoted = false, Reason = reason }
        : _case.Champion is { } champion ? OverChampion(champion)
        : new Verdict { Promoted = true, Reason = $"{Against}.{Kept()} {_case.NoChampionBecause}" };

    /// <summary>What is wrong with the model, whoever is champion.</summary>
    private string? WhyNot()
    {
        var (limit, required) = (_case.Spec.SuspiciousBeyond, _case.Spec.BetterThanBaselineBy);
        return !double.IsFinite(Model.Value) || (Gain is not null && !double.IsFinite(Gain.Value))
                ? $"{Title} cannot be computed on the holdout{Cause()}."
            : Evaluation.OnlyAnswer is { } answer
                ? $"The model has learned nothing: it answers {Evaluation.OnlyAnswerText ?? Plain(answer)} for every "
                    + $"row. {Against}."
            : limit is { } suspicious && IsBetter(Model.Value, suspicious)
                ? $"{Title} is {_text.Of(Model)}, better than suspicious_beyond {_text.Of(suspicious)}: "
                    + "this looks as if the features know the future. If they do not, promote it by hand: "
                    + _case.Command
            : Gain is not null && double.IsNaN(Least)
                ? $"{Against}, and the interval of that gain cannot be computed: in most resamples the metric cannot."
            : Gain is not null && !IsAbove(Least, required)
                ? $"{Against}, and {(Gain.Low is null ? "that" : $"the lower end, {_text.Of(Least)},")} is not above "
                    + $"the {_text.Of(required)} that better_than_baseline_by asks for."
            : Limits.Broken(_case) is { } broken ? $"{Against}, but {broken}."
            : _case.Incomparable is { } other
                ? $"{Against}, but it cannot be compared with the champion {other}, which answers other rows, "
                    + $"another label or other features. If it is to serve, promote it by hand: {_case.Command}"
            : null;
    }

    private Verdict OverChampion(ChampionComparison comparison)
    {
        var rows = string.Create(CultureInfo.InvariantCulture, $"{comparison.Rows:N0}");
        var where = $"On the {rows} rows that neither has learned";
        if (comparison.Gain is not { } gain)
        {
            return new Verdict { Promoted = true, Reason = $"{Against}.{Kept()} {comparison.NoMetricBecause}" };
        }

        if (!double.IsFinite(gain.Value))
        {
            return new Verdict
            {
                Promoted = false,
                Reason =
                    $"{where} {Metric.Title} cannot be computed for both the model and the champion "
                    + $"{comparison.Champion}. The champion serves on.",
            };
        }

        var figures =
            $"{where} the champion {comparison.Champion} has {_text.Of(comparison.ChampionMetric!.Value)} and the "
            + $"model {_text.Of(comparison.ChallengerMetric!.Value)}: {Better(gain)}";
        var source = _case.Spec.WorseByAtMost is null ? "1 % of the champion's" : "worse_by_at_most";
        var allowed = IsAbove(0, gain.Value) ? $", and {_text.Of(_allowed)} is allowed ({source})" : "";
        return IsAbove(-_allowed, gain.Value)
            ? new Verdict { Promoted = false, Reason = $"{figures}{allowed}. The champion serves on." }
            : new Verdict { Promoted = true, Reason = $"{Against}.{Kept()} {figures}{allowed}." };
    }

    /// <summary>The limits that were kept, as sentences.</summary>
    private string Kept() => string.Concat(Limits.Kept(_case).Select(kept => $" {kept}."));

    private string Better(Estimate gain) =>
        !IsAbove(Math.Abs(gain.Value), 0) || _text.Of(gain.Value) == _text.Of(0)
            ? "no better" + (_text.Interval(gain) is { } interval ? $" ({interval})" : "")
        : gain.Value < 0 ? "worse by " + _text.Of(new Estimate(-gain.Value, -gain.High, -gain.Low))
        : "better by " + _text.Of(gain);

    private bool IsBetter(double one, double other) =>
        Metric.HigherIsBetter ? IsAbove(one, other) : IsAbove(other, one);

    private bool IsAbove(double one, double other) =>
        one > other && !MetricText.AreEqual(one, other, MetricText.SizeOf(Evaluation));

    private string Cause() =>
        (LearningTasks.Of(_case.Task).WhyNoMetric(Evaluation) ?? Measures.Of(Metric).WhyNone(Evaluation)) is { } why
            ? $": {why}"
            : "";

    private static string Plain(double answer) => answer.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>What the gate decides about.</summary>
public sealed record GateCase
{
    public required GateSpec Spec { get; init; }
    public required ModelTask Task { get; init; }
    public required Evaluation Evaluation { get; init; }

    /// <summary>The comparison with the champion, or why there is none.</summary>
    public ChampionComparison? Champion { get; init; }
    public string? NoChampionBecause { get; init; }

    /// <summary>The champion, where it answers other rows, another label or other features.</summary>
    public string? Incomparable { get; init; }

    /// <summary>The command by which a person promotes the model all the same.</summary>
    public required string Command { get; init; }
}
