using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>A metric that can decide: what it is called and means, and which tasks it fits. How it is computed stands
/// in kit/Learning/Metrics, in a file of its name.</summary>
[JsonConverter(typeof(ListedConverter<Metric>))]
public sealed partial class Metric : IListed<Metric>
{
    private Metric() { }

    /// <summary>The list: of the metrics that fit a task, the first is its usual one.</summary>
    public static IReadOnlyList<Metric> All =>
        field ??= [
            Auc,
            PrAuc,
            LogLoss,
            Brier,
            Accuracy,
            F1,
            MacroF1,
            BalancedAccuracy,
            Mcc,
            MeanCost,
            Rmse,
            Mae,
            R2,
            Mape,
            Pinball,
            PoissonDeviance,
            IntervalScore,
            Silhouette,
            DaviesBouldin,
            Flagged,
        ];

    public required string Name { get; init; }

    /// <summary>The name as people write it within a sentence: AUC, PR-AUC, log loss.</summary>
    public required string Title { get; init; }

    /// <summary>What it measures, for who has not met it.</summary>
    public required string Meaning { get; init; }

    public required bool HigherIsBetter { get; init; }

    public required IReadOnlyList<ModelTask> Tasks { get; init; }

    /// <summary>What a value is of the labels where this metric decides and the spec does not say; null where that is
    /// the task's to say.</summary>
    public Aim? Aim { get; init; }

    /// <summary>What a trainer watches on validation where this metric decides, by the spec; what is best in it of all
    /// constants is the baseline. Null where what is learned is watched, and the baseline is the task's own.</summary>
    public Func<ModelSpec, Loss>? Watches { get; init; }

    /// <summary>What a row weighs in the metric, by its label; null where all weigh the same.</summary>
    public Func<double, double>? Weigh { get; init; }

    /// <summary>The key of <c>model</c> without which there is nothing to measure; null where there is none.</summary>
    public string? Needs { get; init; }

    /// <summary>Whether there is nothing to measure without a label.</summary>
    public bool NeedsLabel { get; init; } = true;

    /// <summary>Whether it says of two models which is better.</summary>
    public bool Compares { get; init; } = true;

    public override string ToString() => Name;
}
