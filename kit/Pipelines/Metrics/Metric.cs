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
        field ??=
        [
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
        ];

    public required string Name { get; init; }

    /// <summary>The name as people write it within a sentence: AUC, PR-AUC, log loss.</summary>
    public required string Title { get; init; }

    /// <summary>What it measures, for who has not met it.</summary>
    public required string Meaning { get; init; }

    public required bool HigherIsBetter { get; init; }

    public required IReadOnlyList<ModelTask> Tasks { get; init; }

    /// <summary>What a trainer watches on validation where this metric decides; null where that is what the task
    /// learns.</summary>
    public Loss? Watches { get; init; }

    public override string ToString() => Name;
}
