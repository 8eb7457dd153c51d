namespace Trainyard.Pipelines;

public sealed partial class ModelTask
{
    public static ModelTask Multiclass { get; } =
        new()
        {
            Name = "multiclass",
            Label = LabelKind.Class,
            AnswerColumns = [new("predicted", ColumnType.Text), new("probability", ColumnType.Double)],
            SideTables =
            [
                new("classes", [new("class", ColumnType.Text, false), new("probability", ColumnType.Double, false)])
                {
                    MostOf = predictions => (predictions.Classes ?? Most.ByDefault).Count,
                },
            ],
            Keys = ["calibrate", "cost"],
            OtherKeys = ["predictions/classes"],
            Calibrations = [Calibration.Temperature, Calibration.None],
            Range = (0, 1),
            Chooses = "class",
            Learns = (_, _) => Loss.Softmax,
            ScoreUnit = "the raw score of the predicted class",
            AnswerUnit = "the probability of the predicted class",
            Fill = model => model with { Calibrate = model.Calibrate ?? Calibration.Temperature },
            FillPredictions = predictions => predictions with { Classes = predictions.Classes ?? Most.ByDefault },
        };
}
