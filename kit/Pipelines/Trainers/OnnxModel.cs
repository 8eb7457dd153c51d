namespace Trainyard.Pipelines;

public sealed partial class Trainer
{
    public static Trainer OnnxModel { get; } =
        new()
        {
            Name = "onnx",
            Title = "A model made elsewhere (ONNX)",
            Tasks = [ModelTask.Binary, ModelTask.Multiclass, ModelTask.Regression],
            Unit = "file",
            Options = new OnnxModelOptions(),
            MadeElsewhere = true,
            ReadsAsIs = true,
            ScoresAnswers = true,
            Problems = spec => ((OnnxModelOptions)spec.Model.Options).Problems(spec),
        };
}
