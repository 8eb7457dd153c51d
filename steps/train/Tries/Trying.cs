using System.Diagnostics;
using Trainyard.Hosting;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Train.Tries;

/// <summary>Makes a try: learns, measures, writes down.</summary>
internal sealed class Trying(Invocation invocation, TriedRun run, Progress progress)
{
    private readonly string _attempt = Guid.NewGuid().ToString("N")[..12];

    /// <param name="holdout">Whether the holdout is to be shown too.</param>
    public async Task<Try> RunAsync(bool holdout, CancellationToken cancel)
    {
        var rows = await run.ReadAsync(progress, cancel);
        var (watch, definition) = (Stopwatch.StartNew(), run.File.Definition);

        // Nobody waits for a tree of a large table when the command is stopped.
        var (first, measured) = await Task.Run(
                () =>
                    Training.Try(
                        definition,
                        rows.Frame,
                        rows.Split,
                        holdout,
                        Environment.ProcessorCount,
                        what => progress.Start(what),
                        cancel,
                        progress
                    ),
                cancel
            )
            .WaitAsync(cancel);
        progress.Start("Measuring");
        var validation = await PartAsync("validation", first, rows, rows.Split.Validation, cancel);
        var held = measured is null ? null : await PartAsync("holdout", measured, rows, rows.Split.Holdout, cancel);
        return await run.Log.AppendAsync(
            new Try
            {
                Pipeline = run.Folder.Pipeline,
                Run = run.Folder.Run,
                Number = 0,
                At = invocation.Time.GetUtcNow(),
                Producer = ThisProgram.Describe(invocation.Environment),
                Definition = definition,
                DefinitionHash = run.File.DefinitionHash,
                Differs = DefinitionChanges.Between(run.Frozen.Definition, definition),
                Trainer = first.Trainer!,
                Size = first.Size,
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
                cancel
            );
        }
    }

    private async Task<TriedPart> PartAsync(
        string name,
        TrainedModel trained,
        TrainRows rows,
        int[] places,
        CancellationToken cancel
    )
    {
        var (side, answers, values, intervals) = await Task.Run(
            () =>
            {
                var measured = new SideBySide(
                    run.File.Definition.LearnedBy(trained.Trainer),
                    run.File.Operations.Gate.Resample,
                    rows.Frame,
                    places,
                    Environment.ProcessorCount,
                    cancel
                );
                var answered = measured.AnswersOf(trained);
                var (estimates, _, how) = measured.Of(answered);
                return (measured, answered, estimates, how);
            },
            cancel
        );
        return new TriedPart
        {
            Rows = places.Length,
            Metric = values[0],
            Intervals = intervals,
            Metrics = side.MetricsOf(answers),
            Scores = await TriedScores.WriteAsync(
                run.Folder.Store,
                run.Log.Root,
                $"{name}-{_attempt}.csv",
                answers.Scores,
                cancel
            ),
            Width = answers.Scores.Width,
            Threshold = trained.Reading.Threshold,
            Classes = trained.Reading.Classes,
            Temperature = trained.Reading.Temperature,
            Widening = trained.Reading.Widening,
        };
    }
}
