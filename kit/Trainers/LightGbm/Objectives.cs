using System.Globalization;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Trainers.LightGbm;

/// <summary>Losses by the names that LightGBM has for them.</summary>
internal static class Objectives
{
    public static BoostingObjective Of(Objective objective) =>
        objective.Learns.Kind switch
        {
            LossKind.Logistic => BoostingObjective.Binary(),
            LossKind.Softmax => BoostingObjective.Multiclass(objective.Width),
            LossKind.Squared => BoostingObjective.Regression,
            LossKind.Absolute => BoostingObjective.RegressionL1,
            LossKind.Quantile => BoostingObjective.Quantile(objective.Learns.Parameter),
            LossKind.Poisson => BoostingObjective.Poisson,
            LossKind.Tweedie => BoostingObjective.Tweedie(objective.Learns.Parameter),
            _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "A loss without an objective."),
        };

    /// <summary>What is watched, with the parameter that the objective does not say already.</summary>
    public static string MetricOf(Objective objective)
    {
        var watched = objective.Watches;
        return (watched.Kind, watched == objective.Learns) switch
        {
            (LossKind.Logistic, _) => "binary_logloss",
            (LossKind.Softmax, _) => "multi_logloss",
            (LossKind.Squared, _) => "rmse",
            (LossKind.Absolute, _) => "l1",
            (LossKind.Quantile, true) => "quantile",
            (LossKind.Quantile, false) => With("quantile alpha=", watched.Parameter),
            (LossKind.Poisson, _) => "poisson",
            (LossKind.Tweedie, true) => "tweedie",
            (LossKind.Tweedie, false) => With("tweedie tweedie_variance_power=", watched.Parameter),
            _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "A loss without a metric."),
        };
    }

    private static string With(string text, double parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{text}{parameter:R}");
}
