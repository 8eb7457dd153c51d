using System.Text.Json;
using Trainyard.Hosting;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train.Tries;

/// <summary><c>train compare</c>: tries side by side, as JSON for who shows them.</summary>
internal static class CompareCommand
{
    public static Command Create() =>
        new()
        {
            Name = "compare",
            Summary = "Prints tries on the rows of a run side by side, as JSON; trainyard compare shows them.",
            Arguments = [ModelCommands.Pipeline, TrySettings.Tries],
            Settings =
            [
                TrySettings.On,
                TrySettings.Holdout,
                CommonSettings.Store,
                CommonSettings.TimeLimit,
                CommonSettings.Log,
            ],
            Examples = ["train compare flights 1 2 --on train.20131230T050000Z.1 --store store"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var numbers = TrySettings.NumbersOf(invocation);
        var run = await TriedRun.OfAsync(
            Store.Open(invocation.Settings.Require(CommonSettings.Store)),
            invocation.PipelineName(),
            invocation.Settings.Require(TrySettings.On),
            cancel
        );
        var tries = await run.Log.ReadAsync(numbers, cancel);
        var holdout = invocation.Get(TrySettings.Holdout);
        if (holdout && tries.FirstOrDefault(tried => tried.Holdout is null) is { } unseen)
        {
            throw Fault.Usage(
                $"Try {unseen.Number} has no figures of the holdout: try the same with --holdout. Nothing was changed."
            );
        }

        await using var progress = Progress.Of(invocation);
        var compared = await CompareAsync(run, tries, holdout, progress, cancel);
        await invocation.Output.WriteLineAsync(JsonSerializer.Serialize(compared, Json.Compact));
        return ExitCode.Done;
    }

    private static async Task<ComparedTries> CompareAsync(
        TriedRun run,
        IReadOnlyList<Try> tries,
        bool holdout,
        Progress progress,
        CancellationToken cancel
    )
    {
        var first = tries[0].Definition;
        TriedPart[] parts = [.. tries.Select(tried => holdout ? tried.Holdout! : tried.Validation)];
        var rows = await (run with { File = run.File with { Definition = first } }).ReadAsync(progress, cancel);
        var bounds = rows.Split.Card.Bounds;
        var places = rows.MeasurableBy(first.Metric, holdout ? rows.Split.Holdout : rows.Split.Validated);
        var beside = first.Metric.NeedsLabel
            ? await BesideAsync(run, tries, parts, rows.Frame, places, cancel)
            : Alone(tries, parts);
        ComparedTry[] compared =
        [
            .. tries.Select(
                (tried, at) =>
                    new ComparedTry
                    {
                        Number = tried.Number,
                        Value = beside.Values[at],
                        Gain = beside.Gains[at],
                        Metrics = parts[at].Metrics,
                        Trainer = tried.Trainer,
                        Size = tried.Size,
                        Seconds = tried.Seconds,
                        Differs = tried.Differs,
                    }
            ),
        ];
        return new ComparedTries
        {
            Pipeline = run.Folder.Pipeline,
            Run = run.Folder.Run,
            AsOf = run.File.AsOf,
            Clock = first.Clock,
            Where = holdout ? "of the holdout" : tries[0].Where,
            Rows = places.Length,
            Metric = first.Metric,
            Intervals = beside.Intervals,
            Looks = holdout ? await run.Log.CountLooksAsync(bounds?.HoldoutAfter, bounds?.HoldoutEnds, cancel) : null,
            Tries = compared,
            Exhibits = ComparedExhibits.Of(first, rows.Frame.Labels.Classes is not null, compared, beside.Lines),
        };
    }

    /// <summary>All in the metric of the first. Who has none in it has neither value nor gain.</summary>
    private static async Task<Beside> BesideAsync(
        TriedRun run,
        IReadOnlyList<Try> tries,
        TriedPart[] parts,
        Frame frame,
        int[] places,
        CancellationToken cancel
    )
    {
        var first = tries[0].Definition;
        var resample = run.File.Operations.Gate.Resample;
        var side = new SideBySide(first, resample, frame, places, Environment.ProcessorCount, cancel);
        var answers = new List<Answers>();
        foreach (var (tried, part) in tries.Zip(parts))
        {
            var scores = await TriedScores.ReadAsync(run.Folder.Store, run.Log.Root, part, places.Length, cancel);
            answers.Add(side.AnswersOf(first.Model, scores, Reading.Of(part, tried.Definition.Model)));
        }

        int[] measured = [.. Enumerable.Range(0, tries.Count).Where(at => side.Lacks(answers[at]) is null)];
        if (!measured.Contains(0))
        {
            throw Fault.BadConfiguration(
                $"Try {tries[0].Number} gives {side.Lacks(answers[0])}, so it has no {first.Metric.Title}: name "
                    + "another first. Nothing was changed."
            );
        }

        var (values, gains, intervals) = await Task.Run(() => side.Of([.. measured.Select(at => answers[at])]), cancel);
        var beside = Beside.Of(tries.Count, intervals);
        foreach (var (place, at) in measured.Index())
        {
            beside.Values[at] = values[place];
            beside.Gains[at] = place == 0 ? null : gains[place - 1];
            beside.Lines[at] = side.LinesOf(answers[at]);
        }

        return beside;
    }

    /// <summary>A metric that asks no label is of the rows and the model, and not of answers that could be
    /// resampled.</summary>
    private static Beside Alone(IReadOnlyList<Try> tries, TriedPart[] parts)
    {
        var metric = tries[0].Definition.Metric;
        var beside = Beside.Of(
            tries.Count,
            $"No intervals: {metric.Title} is held against no labels, and there is nothing to resample."
        );
        foreach (var (at, tried) in tries.Index())
        {
            beside.Values[at] = tried.Definition.Metric == metric ? parts[at].Metric : null;
        }

        return beside;
    }

    /// <summary>A place a try, null where it has nothing there.</summary>
    private sealed record Beside(Estimate?[] Values, Estimate?[] Gains, TriedLines?[] Lines, string Intervals)
    {
        public static Beside Of(int tries, string intervals) =>
            new(new Estimate?[tries], new Estimate?[tries], new TriedLines?[tries], intervals);
    }
}
