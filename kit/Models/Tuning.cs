using System.Diagnostics;
using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Splits;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models;

/// <summary>
/// Lets validation choose among options, by the metric that decides: what the first fits answer for rows that they have
/// not learned. The best of many is often the luckiest: so the spec's own options stay unless others are better by more
/// than chance explains. The holdout has no part in it. Whatever ended is kept, so the same trials follow on those of
/// an attempt that died, and come to the same.
/// </summary>
internal sealed class Tuning(
    Frame frame,
    Split split,
    Func<Definition, Recipe> recipeOf,
    int threads,
    ITrialLog? log,
    Action<string> say,
    CancellationToken cancel
)
{
    /// <summary>What goes on, as if the spec had said so, and all that was tried; of equal ones the first is
    /// taken.</summary>
    /// <param name="definition">Of a trainer that learns itself.</param>
    public (Definition Best, IReadOnlyList<Trial> Trials) Of(Definition definition)
    {
        var (space, drawn) = (SearchSpace.Of(definition.Model), SearchSpace.Draw(definition.Model));
        var (results, trials, best) = (new List<TrialResult>(), new List<Trial>(), 0);
        foreach (var (place, options) in drawn.Index())
        {
            var seconds = results.Sum(each => each.Seconds);
            if (place > 0 && seconds >= definition.Model.Tune!.Limit?.TotalSeconds)
            {
                say($"Beginning no further trial: {place} of {drawn.Count} have taken {definition.Model.Tune.Time}");
                break;
            }

            var searched = ValuesOf(options, space);
            var learned = With(definition, options);
            var ended = log?.Find(learned);
            say(
                $"Trial {place + 1} of {drawn.Count}{(ended is null ? "" : ", which has ended before")}"
                    + $"{SoFar(trials, best, definition.Metric)}: {Trial.Text(searched)}"
            );
            results.Add(ended ?? Made(learned, demands: place == 0));
            var error = place == 0 ? null : results[^1].ErrorFrom(results[0]);
            trials.Add(new Trial(place + 1, searched, results[^1] with { Without = null }, error));
            best = BestOf(trials, definition.Metric);
        }

        trials[best] = trials[best] with { Chosen = true };
        say(Sentence(trials, best, definition.Metric));
        return (With(definition, drawn[best]), trials);
    }

    /// <summary>What came to nothing is not kept: the machine may have lacked something.</summary>
    private TrialResult Made(Definition learned, bool demands)
    {
        var result = Try(learned, demands);
        return result.Value is null ? result : log?.Keep(learned, result) ?? result;
    }

    /// <param name="demands">Whether it has to be learned: the spec asks for it, and not chance.</param>
    private TrialResult Try(Definition learned, bool demands)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var begun = recipeOf(learned).Begin(split.Tries);
            var (value, without) = begun.Values(frame, threads, cancel);
            return new(value, begun.Lessons[0].Size!.Value, Taken()) { Without = without };
        }
        catch (Fault fault) when (!demands && fault.Code == ExitCode.BadData)
        {
            return new(Value: null, Size: 0, Taken());
        }

        double Taken() => Math.Round(watch.Elapsed.TotalSeconds, 3);
    }

    /// <summary>What the options say of what is searched, those that the table decides on as well.</summary>
    private Dictionary<string, double> ValuesOf(TrainerOptions options, IReadOnlyList<Searched> space)
    {
        var filled = options.For(split.Learned.Length, frame.Columns.Count);
        return space
            .Select(each => (each.Key, Value: OptionValues.Of(filled, each.Key)))
            .Where(each => each.Value is not null)
            .ToDictionary(each => each.Key, each => each.Value!.Value);
    }

    private static Definition With(Definition definition, TrainerOptions options) =>
        definition with
        {
            Model = definition.Model with { Options = options, Tune = null },
        };

    /// <summary>A gain counts as far as it exceeds what the best of as many has on the average if all are alike:
    /// <c>sqrt(2 ln n)</c> standard errors at most.</summary>
    private static int BestOf(List<Trial> trials, Metric metric) =>
        Lead.BestOf(
            [.. trials.Select(trial => (metric.Gain(trial.Result.Value, over: trials[0].Result.Value), trial.Error))],
            errors: Math.Sqrt(2 * Math.Log(trials.Count))
        );

    private static string SoFar(List<Trial> trials, int best, Metric metric) =>
        trials.Count == 0 ? "" : $" (so far {metric.Title} {Text(trials[best])}, of trial {best + 1})";

    private string Sentence(List<Trial> trials, int best, Metric metric) =>
        $"Going on with trial {best + 1} of {trials.Count}: "
        + $"{metric.Title} {split.Card.Held} is {Text(trials[best])}"
        + (best == 0 ? $", as without tune; {Trial.WhyFirst(trials)}" : $", against {Text(trials[0])} without tune");

    private static string Text(Trial trial) =>
        trial.Result.Value is { } value ? value.ToString("G4", CultureInfo.InvariantCulture) : Formats.None;
}
