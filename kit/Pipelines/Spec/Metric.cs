using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>The metrics that can decide.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Metric>))]
public enum Metric
{
    [JsonStringEnumMemberName("auc")]
    Auc,

    [JsonStringEnumMemberName("pr_auc")]
    PrAuc,

    [JsonStringEnumMemberName("log_loss")]
    LogLoss,

    [JsonStringEnumMemberName("brier")]
    Brier,

    [JsonStringEnumMemberName("accuracy")]
    Accuracy,

    [JsonStringEnumMemberName("rmse")]
    Rmse,

    [JsonStringEnumMemberName("mae")]
    Mae,

    [JsonStringEnumMemberName("r2")]
    R2,
}

public static class Metrics
{
    public static ModelTask Task(this Metric metric) =>
        metric is Metric.Rmse or Metric.Mae or Metric.R2 ? ModelTask.Regression : ModelTask.Binary;

    public static bool HigherIsBetter(this Metric metric) =>
        metric is Metric.Auc or Metric.PrAuc or Metric.Accuracy or Metric.R2;

    /// <summary>The name as people write it: AUC, PR-AUC, log loss.</summary>
    public static string Title(this Metric metric) =>
        metric switch
        {
            Metric.Auc => "AUC",
            Metric.PrAuc => "PR-AUC",
            Metric.LogLoss => "log loss",
            Metric.Brier => "Brier score",
            Metric.Accuracy => "accuracy",
            Metric.Rmse => "RMSE",
            Metric.Mae => "MAE",
            _ => "R²",
        };
}
