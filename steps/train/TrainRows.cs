using Trainyard.Hosting;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Train;

/// <summary>The rows of a train run, and how they are divided.</summary>
internal sealed record TrainRows(FrameLayout Layout, Frame Frame, Split Split)
{
    /// <summary>Those of some rows that a metric can be taken of: where it is held against labels, those that have
    /// one.</summary>
    public int[] MeasurableBy(Metric metric, int[] rows) =>
        metric.NeedsLabel ? [.. rows.Where(Frame.Labels.IsKnown)] : rows;

    /// <summary>Reads what the step features has written; 65 where it is not what the definition asks for.</summary>
    /// <param name="file">What is learned, from which rows.</param>
    public static async Task<TrainRows> ReadAsync(
        RunFolder run,
        RunFile file,
        StandingManifest features,
        Progress progress,
        int threads,
        CancellationToken cancel
    )
    {
        var (definition, dataset) = (
            file.Definition,
            features.Value.Dataset ?? throw Fault.BadData($"{features.Uri} lists no dataset. Start a new run.")
        );
        var layout = FrameLayout.Of(definition, dataset.Columns, file.Operations.Gate.Baseline);
        if (
            (
                definition.Label is { } label && layout.Label is null ? $"label '{label.Column}'"
                : layout.Features.Count == 0 ? "feature"
                : null
            ) is
            { } missing
        )
        {
            throw Fault.BadData($"{features.Uri} lists no {missing}. Start a new run. Nothing was changed.");
        }

        progress.Start("Reading features", dataset.Rows);
        var frame = await FrameReader.ReadAsync(
            layout,
            dataset.Parts.Count,
            async (part, stop) =>
            {
                var stream = await run.OpenPartAsync(StepName.Features, dataset.Parts[part], stop);
                progress.AddBytesIn(dataset.Parts[part].Bytes);
                return (stream, run.Store.UriOf(run.NameOf(StepName.Features, dataset.Parts[part].File)));
            },
            progress.AddRows,
            threads,
            cancel
        );

        // What is measured from a mean shows what rounding has taken; trees ask only which number is larger.
        frame = definition.Model.Trainer is { Scales: not null } or { ReadsAsIs: true }
            ? frame
            : await Task.Run(() => Encoder.Rounded(frame, threads), cancel);
        var labels = layout.Label is null ? Labels.Unknown(frame.Rows) : frame.Labels;
        frame = frame with { Labels = LearningTasks.Of(layout.Task).LabelsOf(definition, labels) };
        var split = Split.Of(definition, frame, file.Window?.To);
        return new TrainRows(layout, frame, split with { Served = ServedRows.Of(definition, frame, file.AsOf) });
    }
}
