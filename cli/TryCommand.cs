using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard try</c>: what another model would be worth. The program train does it, which can
/// learn.</summary>
internal static class TryCommand
{
    public static Command Create() =>
        ModelCommands.Try(CliSettings.Store) with
        {
            Examples =
            [
                "trainyard try pipelines/flights --on train.20131230T050000Z.1 --set model.options.leaves=63",
                "trainyard try pipelines/flights --on train.20131230T050000Z.1 --set model.trainer=linear",
            ],
            RunAsync = (invocation, cancel) =>
                StepProcess.PassAsync(
                    StepName.Train,
                    [
                        "try",
                        invocation.Argument(CliSettings.PipelineArgument)!,
                        "--on",
                        invocation.Settings.Require(TrySettings.On),
                        .. (invocation.Get(TrySettings.Set) ?? []).SelectMany(change =>
                            (string[])["--set", change.Text]
                        ),
                        .. invocation.Get(TrySettings.Holdout) ? new[] { "--holdout" } : [],
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
