using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>The rows of a score run that have a key, and their reasons, out of the store.</summary>
internal static class KeyedRows
{
    private const string Cutoff = "cutoff";

    public static async Task WriteAsync(Invocation invocation, RunStory story, string key, CancellationToken cancel)
    {
        var run = story.Run;
        if (story.Kind is { } kind && kind != RunKind.Score)
        {
            throw Fault.Usage(
                $"--key shows rows of a score run, and '{run.Run}' is a {EnumText.Of(kind)} run. Nothing was changed."
            );
        }

        var score = story.Done.FirstOrDefault(standing => standing.Value.Step == StepName.Score)?.Value;
        if (story.File is not { } file || score?.Dataset is not { } dataset)
        {
            throw Fault.MissingInput(
                $"The step score of run '{run.Run}' of pipeline '{run.Pipeline}' is not done in {run.Store.Uri}: run "
                    + "it first. Nothing was changed."
            );
        }

        var asked = new AskedKey(file.Definition.Rows.Key, key);
        var rows = await asked.FindAsync(run, dataset.Columns, dataset.Parts, cancel);
        if (rows.Count == 0)
        {
            throw Fault.MissingInput(
                $"Run '{run.Run}' of pipeline '{run.Pipeline}' has no row with {asked}. Nothing was changed."
            );
        }

        var parts = PartsOf(score);
        var columns = ReasonColumns.Of(
            file.Definition.Rows.Key.Select(name => dataset.Columns.First(column => column.Name == name))
        );
        var reasons = (await asked.FindAsync(run, columns, parts, cancel)).ToLookup(reason => (string)reason[Cutoff]!);
        if (invocation.WantsJson())
        {
            await invocation.Output.WriteLineAsync(ToJson(rows, reasons).ToJsonString(Json.Options));
            return;
        }

        foreach (var row in rows)
        {
            string[] names = [.. row.Select(field => field.Key)];
            await Tables.WriteAsync(invocation, names, [TextsOf(row, names)]);
            await WriteReasonsAsync(
                invocation,
                run,
                file,
                reasons[(string)row[Cutoff]!].ToList(),
                parts.Count > 0,
                cancel
            );
        }
    }

    /// <summary>The parts that hold reasons.</summary>
    private static IReadOnlyList<DatasetPart> PartsOf(Manifest score) =>
        [
            .. score
                .Files.Where(file => file.File.StartsWith($"{ReasonColumns.Stem}-", StringComparison.Ordinal))
                .Select(file => new DatasetPart(file.File, 0, file.Bytes, file.Sha256)),
        ];

    private static async Task WriteReasonsAsync(
        Invocation invocation,
        RunFolder run,
        RunFile file,
        List<JsonObject> reasons,
        bool hasSome,
        CancellationToken cancel
    )
    {
        if (reasons.Count == 0)
        {
            await invocation.Output.WriteLineAsync(WhyNone(file, hasSome));
            return;
        }

        // Where the spec leaves it open, the card knows what learned.
        var learned = file.Definition.Model.Trainer.Chooses
            ? (await new Package(run.Store, run.Pipeline, file.Model!.Version).ReadCardAsync(cancel)).Card.Learned
            : file.Definition;
        var unit = learned.Model.Task.ScoreUnitOf(learned.Model, learned.Metric);
        await invocation.Output.WriteLineAsync(
            $"What moved it most from the average; contributions are in {unit}, of the score before calibration"
                + $"{(learned.Model.Trainer.SamplesReasons ? ", and sampled" : "")}:"
        );
        string[] names = [.. ReasonColumns.Own.Select(column => column.Name)];
        await Tables.WriteAsync(invocation, names, [.. reasons.Select(reason => TextsOf(reason, names))], indent: "  ");
    }

    private static string WhyNone(RunFile file, bool hasSome) =>
        file.Operations.Predictions.Reasons is not { } spec
            ? "Why is not told: the run's spec has no predictions.reasons."
        : !hasSome
            ? $"Why is not told: model {file.Model!.Version} cannot say it, as none of version 1.0 can. Train again."
        : spec.Of.Value < 1
            ? $"Why is not told: it is for the highest {spec.Of} of the run's answers alone, and those that a "
                + "column moves."
        : "No column moves it from the average.";

    private static JsonArray ToJson(IEnumerable<JsonObject> rows, ILookup<string, JsonObject> reasons) =>
        [
            .. rows.Select(row =>
            {
                JsonNode[] own =
                [
                    .. reasons[(string)row[Cutoff]!]
                        .Select(reason => new JsonObject(
                            ReasonColumns.Own.Select(column =>
                                KeyValuePair.Create(column.Name, reason[column.Name]?.DeepClone())
                            )
                        )),
                ];
                row[ReasonColumns.Stem] = new JsonArray(own);
                return (JsonNode)row;
            }),
        ];

    private static string[] TextsOf(JsonObject row, IEnumerable<string> names) =>
        [
            .. names.Select(name =>
                row[name] is not { } value ? ""
                : value.AsValue().TryGetValue<double>(out var number)
                    ? number.ToString("G6", CultureInfo.InvariantCulture)
                : value.ToString()
            ),
        ];
}
