namespace Trainyard.Pipelines;

public sealed partial class ModelTask
{
    public static ModelTask Sign { get; } =
        new()
        {
            Name = "sign",
            Label = LabelKind.Number,
            AnswerColumns = [new("side", ColumnType.Double)],
            Learns = (_, _) => Loss.Squared,
            ScoreUnit = "the unit of the label",
            Range = (-1, 1),
        };
}
