using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary>What people read above a pipeline's tasks: what is predicted, from what, and where the reports
/// are.</summary>
internal static class PlanDocs
{
    public static string Of(Spec spec, RunKind kind) =>
        kind switch
        {
            RunKind.Train => OfTraining(spec),
            RunKind.Measure => OfMeasuring(spec),
            _ => OfScoring(spec),
        };

    private static string OfTraining(Spec spec) =>
        Lines(
            spec.About,
            $"Trains a model {(spec.Label is { } label ? $"of `{label.Column}`" : $"({spec.Model.Task})")}, and "
                + "promotes it where the gate lets it.",
            Rows(
                spec,
                !spec.Rows.HasTime ? null
                    : spec.Label is { KnownAfter: { } known }
                        ? $"{spec.Rows.History} back from {known} before the as-of"
                    : $"{spec.Rows.History} back from the as-of"
            ),
            $"- **Features**: {Features(spec.Features)}.",
            $"- **Gate** ({spec.Metric}): {Gate(spec.Gate, spec.Model.Task, spec.Metric)}.",
            Reports(spec)
        );

    private static string OfScoring(Spec spec) =>
        Lines(
            spec.About,
            $"Scores each {EnumText.Of(spec.Clock.Every)} with the model that is champion as of then, and "
                + $"publishes in `trainyard.{spec.Predictions.Table}`.",
            Rows(spec, spec.Rows.HasTime ? $"of one {EnumText.Of(spec.Clock.Every)}" : null),
            $"- **Inputs**: unseen levels at most {spec.Inputs.UnseenAtMost}, nulls at most "
                + $"{spec.Inputs.NullRiseAtMost} above training; else nothing is published.",
            spec.Schedule?.ExpectedBy is { } time ? $"- **Expected by** {time} ({spec.Clock.Zone})." : null,
            spec.Shards > 1 ? $"- **Shards**: {spec.Shards} tasks share the scoring, one publishes." : null,
            Reports(spec)
        );

    private static string OfMeasuring(Spec spec) =>
        Lines(
            spec.About,
            $"Holds the predictions of `trainyard.{spec.Predictions.Table}` against the labels that have arrived: "
                + $"labels go into `trainyard.{PredictionNames.ActualsOf(spec.Predictions.Table!)}`, figures into "
                + "`trainyard.live_metrics`.",
            Rows(spec, spec.Label is { } label ? $"whose `{label.Column}` is known {label.KnownAfter} later" : null),
            Reports(spec)
        );

    public static string OfChecking(Spec spec) =>
        Lines(
            spec.About,
            spec.Schedule?.Score is null
                ? null
                : $"Looks whether predictions are missing in `trainyard.{spec.Predictions.Table}`, and fails naming "
                    + "the gaps and the command that fills them.",
            "Looks whether every plan and every DAG file here can be used, and is that of its pipeline's folder."
        );

    private static string Rows(Spec spec, string? which) =>
        $"- **Rows**: one for each `{string.Join(", ", spec.Rows.Key)}`"
        + (spec.Rows.Cutoff is { } cutoff ? $" at `{cutoff}`" : "")
        + (which is null ? "." : $", {which}.");

    private static string Features(FeaturesSpec features) =>
        string.Join(
            "; ",
            new[]
            {
                List("numbers", features.Numbers),
                List("categories", features.Categories.Select(category => category.Column)),
                List("text", features.Text.Select(text => text.Column)),
                List("derived", features.Derived.Keys),
                features.Assembly is { } assembly ? $"those of {Path.GetFileName(assembly)}" : null,
            }.OfType<string>()
        );

    private static string? List(string kind, IEnumerable<string> names) =>
        names.Any() ? $"{kind} {string.Join(", ", names.Select(name => $"`{name}`"))}" : null;

    private static string Gate(GateSpec gate, ModelTask task, Metric metric) =>
        string.Join(
            "; ",
            new[]
            {
                task.HasBaseline && metric.Compares
                    ? $"better than the baseline by {Number(gate.BetterThanBaselineBy)} at least"
                    : null,
                metric.Compares
                    ? "worse than the champion by "
                        + $"{(gate.WorseByAtMost is { } worse ? Number(worse) : "1 % of the champion's")} at most"
                    : null,
                gate.SuspiciousBeyond is { } beyond ? $"beyond {Number(beyond)} it is taken for a leak" : null,
            }
                .OfType<string>()
                .Concat(task.Limits.Select(limit => $"{limit.Words} {Text(limit, gate)}"))
        );

    private static string Text(GateLimit limit, GateSpec gate) =>
        (limit.IsShare ? new Share(limit.Of(gate)).ToString() : Number(limit.Of(gate)))
        + (limit.IsLeast ? " at least" : " at most");

    private static string Reports(Spec spec) =>
        $"- **Reports**: in `{{store}}/{spec.Name}/runs/`, each in its run's `report/`; `trainyard runs "
        + $"{spec.Name}` lists them, the newest first.";

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Lines(params string?[] lines) =>
        string.Join(
            "\n",
            lines.OfType<string>().Select((line, at) => at > 0 && !line.StartsWith('-') ? $"\n{line}\n" : line)
        );
}
