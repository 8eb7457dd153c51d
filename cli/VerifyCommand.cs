using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard verify</c>: tries what serves with the installed version. The program score does it, which
/// can load models.</summary>
internal static class VerifyCommand
{
    public static Command Create() =>
        ModelCommands.Verify(CliSettings.Store) with
        {
            Examples = ["trainyard verify flights --store s3://bucket/prefix"],
            RunAsync = (invocation, cancel) =>
                StepProcess.PassAsync(
                    StepName.Score,
                    [
                        "verify",
                        invocation.PipelineName(),
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
