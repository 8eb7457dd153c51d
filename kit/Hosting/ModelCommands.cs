using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Hosting;

/// <summary>
/// Commands that learn or load models, which the program of a step does and <c>trainyard</c> passes on. What they are
/// called, take and do is said here for both, each of which has a setting for the store of its own.
/// </summary>
public static class ModelCommands
{
    public const string PipelineArgument = "pipeline";

    /// <summary>Where nothing but the folder will do.</summary>
    public static Argument Folder { get; } = new(PipelineArgument, "The pipeline's folder.");

    /// <summary>Either, of which <see cref="PipelineName"/> is the name.</summary>
    public static Argument Pipeline { get; } =
        new(PipelineArgument, "The pipeline's folder, or its name where the folder is not needed.");

    public static string PipelineName(this Invocation invocation) =>
        RunFolder.RequirePipelineName(PipelineNames.Of(invocation.Argument(PipelineArgument)!));

    public static Command Try(Setting store) =>
        new()
        {
            Name = "try",
            Summary =
                "Learns from the rows and features of a train run that is there, as the pipeline's spec says now, and "
                + "shows what that is worth on validation. Promotes nothing.",
            Arguments = [Folder],
            Settings =
            [
                TrySettings.On,
                TrySettings.Set,
                TrySettings.Holdout,
                store,
                CommonSettings.TimeLimit,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
        };

    public static Command Export(Setting store) =>
        new()
        {
            Name = "export",
            Summary =
                "Writes a model as a file of ONNX, with its encoder, calibrator and threshold: what it takes are the "
                + "features, each by its name, and what it gives are the answers.",
            Arguments = [Pipeline, new("model", "The model's version, which is its train run's id.")],
            Settings =
            [
                CommonSettings.Onnx,
                store,
                CommonSettings.TimeLimit,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
        };

    public static Command Verify(Setting store) =>
        new()
        {
            Name = "verify",
            Summary =
                "Tries the champion, and every model that rollbacks would return to, with this version, before it is "
                + "rolled out: reads its card, checks its files, loads it, and lets it answer its golden rows again. "
                + "Changes nothing.",
            Arguments = [Pipeline],
            Settings = [store, CommonSettings.TimeLimit, CommonSettings.Output, CommonSettings.Log],
        };
}
