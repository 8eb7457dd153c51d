namespace Trainyard.Pipelines;

public sealed partial class Metric
{
    public static Metric MacroF1 { get; } =
        new()
        {
            Name = "macro_f1",
            Title = "macro F1",
            Meaning = "F1 of each class, averaged over classes",
            HigherIsBetter = true,
            Tasks = [ModelTask.Multiclass],
        };
}
