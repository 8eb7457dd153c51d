using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard try</c>: what another model would be worth. The program train does it, which can
/// learn.</summary>
internal static class TryCommand
{
    public static Command Create() =>
        new()
        {
            Name = "try",
            Summary =
                "Learns from the rows and features of a train run that is there, as the pipeline's spec says now, and "
                + "shows what that is worth on validation. Promotes nothing.",
            Arguments = [new(CliSettings.PipelineArgument, "The pipeline's folder.")],
            Settings =
            [
                TrySettings.On,
                TrySettings.Set,
                TrySettings.Holdout,
                CliSettings.Store,
                CommonSettings.TimeLimit,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
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
