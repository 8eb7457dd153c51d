namespace Trainyard.Pipelines;

public sealed partial class ModelTask
{
    private const double PowerByDefault = 1.5;

    public static ModelTask Regression { get; } =
        new()
        {
            Name = "regression",
            Label = LabelKind.Number,
            AnswerColumns =
            [
                new("value", ColumnType.Double),
                new("low", ColumnType.Double, Nullable: true) { IsAnswered = HasInterval },
                new("high", ColumnType.Double, Nullable: true) { IsAnswered = HasInterval },
            ],
            ScoreUnit = "the unit of the label",
            Keys = ["objective", "quantile", "power", "interval", "constraints"],
            Learns = (model, metric) => LossOf(AimOf(model, metric), model),
            LearnsToo = model => model.Interval is null ? [] : [("interval", Loss.Quantile(0.5))],
            TakesForecasts = true,
            Problems = ProblemsOfValues,
        };

    private static bool HasInterval(ModelSpec model) => model.Interval is not null;

    private static Aim AimOf(ModelSpec model, Metric metric) => model.Objective ?? metric.Aim ?? Aim.Mean;

    private static Loss LossOf(Aim aim, ModelSpec model) =>
        aim switch
        {
            Aim.Median => Loss.Absolute,
            Aim.Quantile => Loss.Quantile(model.Quantile?.Value ?? 0.5),
            Aim.Poisson => Loss.Poisson,
            Aim.Tweedie => Loss.Tweedie(model.Power ?? PowerByDefault),
            _ => Loss.Squared,
        };

    private static IEnumerable<(string Key, string Problem)> ProblemsOfValues(ModelSpec model, Metric metric)
    {
        var aim = AimOf(model, metric);
        var isMeasured = metric.Needs == "quantile";
        if (model.Quantile is { Value: <= 0 or >= 1 })
        {
            yield return ("quantile", "a quantile lies between 0 and 1, such as 0.9; write one.");
        }

        if (aim == Aim.Quantile && model.Quantile is null && !isMeasured)
        {
            yield return ("objective", "the objective quantile needs model.quantile, such as 0.9; write it.");
        }

        if (aim != Aim.Quantile && model.Quantile is not null && !isMeasured)
        {
            yield return (
                "quantile",
                $"quantile belongs to the objective quantile and the metric {Metric.Pinball}; remove it, or name one "
                    + "of them."
            );
        }

        if (aim != Aim.Tweedie && model.Power is not null)
        {
            yield return ("power", "power belongs to the objective tweedie; remove it.");
        }

        if (model.Power is <= 1 or >= 2)
        {
            yield return ("power", "a power lies between 1 (poisson) and 2 (gamma), such as 1.5; write one.");
        }

        if (model.Interval is { Value: <= 0 or >= 1 })
        {
            yield return ("interval", "an interval holds a share between 0% and 100%, such as 80%; write one.");
        }
    }
}
