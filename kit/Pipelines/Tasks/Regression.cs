namespace Trainyard.Pipelines;

public sealed partial class ModelTask
{
    public static ModelTask Regression { get; } =
        new()
        {
            Name = "regression",
            Label = LabelKind.Number,
            AnswerColumns = [new("value", ColumnType.Double)],
            ScoreUnit = "the unit of the label",
        };
}
