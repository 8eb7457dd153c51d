using System.Diagnostics;
using Trainyard.Hosting;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train.Tries;

/// <summary>Makes a try: learns, measures, writes down.</summary>
internal sealed class Trying(Invocation invocation, TriedRun run, Progress progress)
{
    private readonly string _attempt = Guid.NewGuid().ToString("N")[..12];
    private readonly Producer _producer = ThisProgram.Describe(invocation.Environment);

    /// <param name="holdout">Whether the holdout is to be shown too.</param>
    public async Task<Try> RunAsync(bool holdout, CancellationToken cancel)
    {
        await run.Folder.Store.DemandWritableAsync(cancel);
        var rows = await run.ReadAsync(progress, cancel);
        var (watch, definition) = (Stopwatch.StartNew(), run.File.Definition);

        // Nobody waits for a tree of a large table when the command is stopped.
        var tried = await Task.Run(
                () =>
                    Training.Try(
                        definition,
                        rows.Frame,
                        rows.Split,
                        holdout,
                        Environment.ProcessorCount,
                        what => progress.Start(what),
                        cancel,
                        progress,
                        new TrialFolder(run.Folder, run.File, _producer, invocation.Changes.Try, cancel),
                        run.Brought
                    ),
                cancel
            )
            .WaitAsync(cancel);
        progress.Start("Measuring");
        definition = definition.LearnedBy(tried.Trainer);
        var validation = await PartAsync(
            "validation",
            definition,
            rows,
            tried.Rows,
            tried.Scores,
            tried.Reading,
            tried.Encoder,
            cancel
        );
        var places = rows.Split.Holdout;
        var held = tried.Measured is not { } measured
            ? null
            : await PartAsync(
                "holdout",
                definition,
                rows,
                places,
                Demanded.Of(
                    measured.Model.Predict(rows.Frame, places, Environment.ProcessorCount, cancel),
                    rows.Frame,
                    places,
                    "the holdout",
                    row => measured.Model.WhyNone(rows.Frame, row)
                ),
                measured.Reading,
                measured.Encoder,
                cancel
            );
        return await run.Log.AppendAsync(
            new Try
            {
                Pipeline = run.Folder.Pipeline,
                Run = run.Folder.Run,
                Number = 0,
                At = invocation.Time.GetUtcNow(),
                Producer = _producer,
                Definition = run.File.Definition,
                DefinitionHash = run.File.DefinitionHash,
                Differs = DefinitionChanges.Between(run.Frozen.Definition, run.File.Definition),
                Trainer = tried.Trainer,
                Size = tried.Size,
                Trials = tried.Trials,
                Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
                Validation = validation,
                Holdout = held,
            },
            made => NoteAsync(made, rows, cancel),
            cancel
        );
    }

    private async Task NoteAsync(Try made, TrainRows rows, CancellationToken cancel)
    {
        if (made.Holdout is not null)
        {
            await run.Log.NoteAsync(
                new Look
                {
                    Run = made.Run,
                    Try = made.Number,
                    After = rows.Split.Card.Bounds?.HoldoutAfter,
                    Through = rows.Split.Card.Bounds?.HoldoutEnds,
                    At = made.At,
                    Who = Environment.UserName,
                },
                _attempt,
                cancel
            );
        }
    }

    private async Task<TriedPart> PartAsync(
        string name,
        Definition definition,
        TrainRows rows,
        int[] answered,
        Scores answers,
        Reading reading,
        Encoder encoder,
        CancellationToken cancel
    )
    {
        var places = rows.MeasurableBy(definition.Metric, answered);
        if (places.Length == 0)
        {
            throw Fault.BadData(
                $"No row of {name} has a label, without which there is no {definition.Metric.Title}. Nothing was "
                    + "changed."
            );
        }

        var of = answered.Index().ToDictionary(each => each.Item, each => each.Index);
        var scores = places.Length == answered.Length ? answers : answers.Of([.. places.Select(row => of[row])]);
        var resample = run.File.Operations.Gate.Resample;
        var side = new SideBySide(definition, resample, rows.Frame, places, Environment.ProcessorCount, cancel);
        var (value, metrics, intervals) = await Task.Run(
            () =>
            {
                var read = side.AnswersOf(scores, reading, encoder);
                var (values, _, how) = side.Of(read);
                return (values[0], side.MetricsOf(read), how);
            },
            cancel
        );
        var file = $"{name}-{_attempt}.csv";
        return new TriedPart
        {
            Rows = places.Length,
            Metric = value,
            Intervals = intervals,
            Metrics = metrics,
            Scores = await TriedScores.WriteAsync(run.Folder.Store, run.Log.Root, file, scores, cancel),
            Width = scores.Width,
            Threshold = reading.Threshold,
            Classes = reading.Classes,
            Temperature = reading.Temperature,
            Widening = reading.Widening,
        };
    }
}
