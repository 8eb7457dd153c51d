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
            Keys = ["weights", "calibrate", "threshold"],
            OtherKeys = ["label/positive"],
            Calibrations = [Calibration.None, Calibration.Isotonic],
            Range = (0, 1),
            Counts = "positive",

            // Under weights scores are no probabilities until validation has told what they are worth.
            Fill = model =>
                model with
                {
                    Calibrate =
                        model.Calibrate
                        ?? (model.Weights == ClassWeights.Balanced ? Calibration.Isotonic : Calibration.None),
                    Threshold = model.Threshold is { Cost: null, At: null }
                        ? new ThresholdSpec { Cost = new CostSpec() }
                        : model.Threshold,
                },
        };
}
