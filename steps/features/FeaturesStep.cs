using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Datasets;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Features;

/// <summary>Turns the extract dataset into the features dataset: each part on its own, several at once, in constant
/// memory.</summary>
internal static class FeaturesStep
{
    public static async Task<StepOutcome> RunAsync(StepContext context, CancellationToken cancel)
    {
        var (run, file) = (context.Run, context.File);
        var extract = await run.ReadManifestAsync(StepName.Extract, cancel);
        var input = extract.Value.Dataset ?? throw Fault.BadData($"{extract.Uri} lists no dataset. Start a new run.");
        using var custom = await CustomFeatures.LoadAsync(run, file, input.Columns, cancel);
        var plan = FeaturePlan.Of(
            file.Definition,
            input.Columns,
            RunShape.Of(file.Kind),
            file.Operations.Gate.Baseline
        );
        var columns = custom.Columns(plan);
        if (extract.Value.ExitCode == ExitCode.NothingToDo)
        {
            return new StepOutcome(ExitCode.NothingToDo, "There are no rows, so there are no features to compute.")
            {
                Inputs = [extract.AsInput],
                Dataset = new DatasetInfo { Columns = columns, Parts = [] },
            };
        }

        context.Progress.Start("Computing features", input.Rows);
        var computations = new Computations(plan, file.Definition.Clock);
        var profiler = new DatasetProfiler(
            columns,
            plan.Where(planned => planned.Role == FeatureRole.Text)
                .Select(planned => planned.Column.Name)
                .ToHashSet(StringComparer.Ordinal)
        );
        var parts = new DatasetPart[input.Parts.Count];
        await Parallel.ForAsync(
            0,
            parts.Length,
            new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = cancel },
            async (number, stop) =>
            {
                await using var source = await run.OpenPartAsync(StepName.Extract, input.Parts[number], stop);
                var name = context.NewPartName(number);
                await using var target = await context.CreatePartAsync(name, stop);
                using var reader = DatasetReader.Open(
                    source,
                    run.Store.UriOf(run.NameOf(StepName.Extract, input.Parts[number].File)),
                    input.Columns
                );
                var profile = profiler.Start(number);
                var rows = new FeaturesPart(
                    reader,
                    [.. computations.Of(reader), .. custom.Computations(reader, file)]
                ).WriteTo(target, columns, profile, context.Progress.AddRows, stop);
                profiler.Add(profile);
                var stored = await target.CompleteAsync(stop);
                context.Progress.AddBytesIn(input.Parts[number].Bytes);
                context.Progress.AddBytesOut(stored.Bytes);
                parts[number] = new DatasetPart(name, rows, stored.Bytes, stored.Sha256);
            }
        );

        var dataset = new DatasetInfo { Columns = columns, Parts = parts };
        return new StepOutcome(
            ExitCode.Done,
            string.Create(CultureInfo.InvariantCulture, $"Computed {columns.Count} columns for {dataset.Rows:N0} rows.")
        )
        {
            Inputs = [extract.AsInput],
            Dataset = dataset,
            Profile =
            [
                .. profiler
                    .ToProfile()
                    .Select(column => file.Definition.Rows.Key.Contains(column.Name) ? column.WithoutValues() : column),
            ],
            Details = new JsonObject { ["rows"] = dataset.Rows, ["columns"] = columns.Count },
        };
    }
}
