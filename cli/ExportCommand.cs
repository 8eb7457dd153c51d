using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard export</c>: writes a model as a file that others can run. The program score does it, which can
/// load models.</summary>
internal static class ExportCommand
{
    public static Command Create() =>
        new()
        {
            Name = "export",
            Summary =
                "Writes a model as a file of ONNX, with its encoder, calibrator and threshold: what it takes are the "
                + "features, each by its name, and what it gives are the answers.",
            Arguments = [CliSettings.Pipeline, new("model", "The model's version, which is its train run's id.")],
            Settings =
            [
                CommonSettings.Onnx,
                CliSettings.Store,
                CommonSettings.TimeLimit,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
            Examples = ["trainyard export flights train.20131230T050000Z.1 --onnx flights.onnx"],
            RunAsync = (invocation, cancel) =>
                StepProcess.PassAsync(
                    StepName.Score,
                    [
                        "export",
                        invocation.PipelineName(),
                        invocation.Argument("model")!,
                        "--onnx",
                        invocation.Settings.Require(CommonSettings.Onnx),
                        "--store",
                        invocation.Settings.Require(CliSettings.Store),
                        "--output",
                        invocation.WantsJson() ? "json" : "text",
                    ],
                    invocation,
                    cancel
                ),
        };
}
