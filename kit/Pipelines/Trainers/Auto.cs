namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer Auto { get; } =
        new()
        {
            Name = "auto",
            Title = "What validation chooses",
            Tasks = [ModelTask.Binary, ModelTask.Multiclass, ModelTask.Regression],
            Unit = "step",
            Options = new AutoOptions(),
            Chooses = true,
            // Among those it chooses from are some that scale; so rows are kept as they can be scaled.
            ReadsTexts = true,
            Scales = _ => Scaling.Standard,
            Learns = loss => All.Any(other => !other.Chooses && other.Learns(loss)),
            Constrains = loss => All.Any(other => !other.Chooses && other.Constrains(loss)),
        };
}
