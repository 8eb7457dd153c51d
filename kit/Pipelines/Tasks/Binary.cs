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
            Range = (0, 1),
            Counts = "positive",
            ScoreUnit = "log-odds",
            Fill = model =>
                model.Threshold is { Cost: null, At: null }
                    ? model with
                    {
                        Threshold = new ThresholdSpec { Cost = new CostSpec() },
                    }
                    : model,
        };
}
