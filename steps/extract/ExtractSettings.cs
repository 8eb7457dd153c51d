using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Extract;

/// <summary>What only extract can be told.</summary>
internal static class ExtractSettings
{
    public const string Latest = "latest";

    public static Setting<RunKind> Kind { get; } =
        Setting.Choice(
            "--kind",
            "Whether the run trains a model, scores with one, or holds what was published against the labels.",
            RunShape.All.ToDictionary(run => EnumText.Of(run.Kind), run => run.Kind),
            required: true
        );

    public static Setting<string> Model { get; } =
        Setting.Text(
            "--model",
            "In a score run: the model to score with instead of the champion, by its version, or latest. Its "
                + "predictions are published, but are never current.",
            "train.20131230T050000Z.1"
        );

    public static Setting<int> Limit { get; } =
        Setting.Int(
            "--limit",
            "A trial: read only so many rows, spread evenly over the window, the same ones every time. A "
                + "trial never promotes or publishes.",
            "1000"
        );

    public static Setting<int> PartBytes { get; } =
        Setting.Int(
            "--part-bytes",
            "The size at which a part of the dataset ends. Later steps work on several parts at once. "
                + "Default: 33554432, in a score run divided by the pipeline's shards, so that each gets its share.",
            "33554432",
            least: 1024
        );

    public static Setting<TimeSpan> StatementTimeout { get; } =
        Setting.Duration(
            "--statement-timeout",
            "Let PostgreSQL give the query up after so long, with exit code 75. By default the database's own "
                + "limit counts, and --time-limit.",
            "20m"
        );

    public static Setting<TimeSpan> LookAgain { get; } =
        Setting.Duration(
            "--look-again",
            "In a score run that is held back for having too few rows: wait here and look again so often, until "
                + "inputs.wait has passed since the as-of, instead of ending with 76. trainyard run does so.",
            "5m"
        );

    public static Setting<string> FolderHash { get; } =
        Setting.Text(
            "--folder-hash",
            "The fingerprint that the pipeline's folder must have, as its plan.json says it: another folder "
                + "is 78. Airflow gives it to train runs.",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        );

    private const int DefaultPartBytes = 32 << 20;

    public static int PartBytesOf(StepContext context, RunPlan plan) =>
        context.Get(PartBytes) is > 0 and var given ? given
        : plan.Shape.Purpose == StepName.Score ? DefaultPartBytes / plan.Operations.Shards
        : DefaultPartBytes;
}
