using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard export</c>: writes a model as a file that others can run. The program score does it, which can
/// load models.</summary>
internal static class ExportCommand
{
    public static Command Create() =>
        ModelCommands.Export(CliSettings.Store) with
        {
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
