namespace Trainyard.Pipelines;

public sealed partial class ModelTask
{
    public static ModelTask Binary { get; } =
        new()
        {
            Name = "binary",
            Label = LabelKind.Boolean,
            AnswerColumns =
            [
                new("probability", ColumnType.Double),
                new("predicted", ColumnType.Boolean, FormerName: "label"),
            ],
            Keys = ["weights", "calibrate", "threshold", "constraints"],
            OtherKeys = ["label/positive"],
            Calibrations = [Calibration.None, Calibration.Isotonic],
            Range = (0, 1),
            Counts = "positive",
            ScoreUnit = "log-odds",
            AnswerUnit = "probability",
            Learns = (_, _) => Loss.Logistic,

            // Under weights scores are no probabilities until validation has told what they are worth.
            Choose = model =>
                model is { Calibrate: null, Weights: ClassWeights.Balanced }
                    ? model with
                    {
                        Calibrate = Calibration.Isotonic,
                    }
                    : model,
            Fill = model =>
                model with
                {
                    Calibrate = model.Calibrate ?? Calibration.None,
                    Threshold = model.Threshold is { Cost: null, At: null }
                        ? new ThresholdSpec { Cost = new CostSpec() }
                        : model.Threshold,
                },
        };
}
