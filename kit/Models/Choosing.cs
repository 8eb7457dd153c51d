using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Splits;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models;

/// <summary>
/// Lets validation choose among trainers, by the metric that decides. The best of several is often the luckiest: so the
/// first stays unless another is better by more than a standard error (the rule of Breiman et al., 1984). They are told
/// apart by <see cref="RowsToTry"/>, and the others tried under options that cost less. What is better all the same
/// then learns all rows.
/// </summary>
internal sealed class Choosing(
    Frame frame,
    Split split,
    Func<Definition, Frame, Split, Recipe> recipeOf,
    int threads,
    Action<string> say,
    CancellationToken cancel
)
{
    private const double Errors = 1;

    private readonly List<TrainerTried> _seen = [];
    private readonly List<TrialResult> _results = [];

    /// <summary>The training that goes on, and what was seen of each.</summary>
    /// <param name="definitions">Of a trainer each, in the order of the list.</param>
    public Chosen Of(IReadOnlyList<Definition> definitions)
    {
        var (first, metric) = (definitions[0], definitions[0].Metric);
        var rows = definitions.Count == 1 ? RowsToTry.Whole(frame, split) : RowsToTry.Of(first, frame, split);
        Begun? begun = null;
        try
        {
            if (rows.Answered is { } answered)
            {
                say($"Trying {first.Model.Trainer}, to choose");
                begun = recipeOf(first, frame, split).Begin(split.Tries);
                See(begun with { Tries = [.. begun.Tries.Zip(answered, HeldAgainst)] }, frame, split);
            }

            foreach (var definition in definitions.Skip(_seen.Count))
            {
                Try(definition, rows);
            }

            var best = BestOf(metric);
            _seen[best] = _seen[best] with { Chosen = true };
            say(Sentence(best, metric, rows.Split.Card.Held));
            if (best > 0 || begun is null)
            {
                begun?.Dispose();
                begun = null;
                var chosen = definitions.Single(each => each.Model.Trainer == _seen[best].Trainer);
                begun = recipeOf(chosen, frame, split).Begin(split.Tries);
            }

            return new Chosen(begun, _seen);
        }
        catch
        {
            begun?.Dispose();
            throw;
        }

        static FoldFit HeldAgainst(FoldFit fit, int[] answered) =>
            fit with
            {
                Fold = fit.Fold with { Answered = answered },
            };
    }

    /// <summary>Nothing is tried where what was drawn leaves nothing to learn.</summary>
    private void Try(Definition definition, RowsToTry rows)
    {
        var model = definition.Model;
        var drawn = RowsOf(rows.Split);
        var isSample = rows.Answered is not null && drawn < RowsOf(split);
        var alike = rows.Split.Tries.Select(fold => RowsToTry.Alike(definition, rows.Frame.Labels.Take(fold.Learned)));
        if (alike.FirstOrDefault(each => each is not null) is { } all)
        {
            say($"Not trying {model.Trainer}: the labels of {drawn} rows drawn are all {all}");
            return;
        }

        say($"Trying {model.Trainer}{(isSample ? $" with {drawn} rows" : "")}, to choose");
        using var begun = recipeOf(
                definition with
                {
                    Model = model with { Options = model.Options.ToTry() },
                },
                rows.Frame,
                rows.Split
            )
            .Begin(rows.Split.Tries);
        See(begun, rows.Frame, rows.Split);
    }

    private void See(Begun begun, Frame of, Split divided)
    {
        var (value, without) = begun.Values(of, threads, cancel);
        var size = begun.Lessons[0].Size!.Value;
        _results.Add(new TrialResult(value, size, Seconds: 0) { Without = without });
        var error = _seen.Count == 0 ? null : _results[^1].ErrorFrom(_results[0]);
        _seen.Add(
            new TrainerTried(begun.Recipe.Definition.Model.Trainer, value, RowsOf(divided), size)
            {
                Error = error,
                Folds = divided.Card.Folds,
            }
        );
    }

    private static long RowsOf(Split of) => of.Tries.Max(fold => fold.Learned.Length);

    private int BestOf(Metric metric) =>
        Lead.BestOf([.. _seen.Select(tried => (metric.Gain(tried.Value, over: _seen[0].Value), tried.Error))], Errors);

    private string Sentence(int best, Metric metric, string held)
    {
        var others = _seen.Where(each => !each.Chosen).Select(each => $"{Text(each)} of {each.Trainer}").ToList();
        return $"Going on with {_seen[best].Trainer}: {metric.Title} {held} is {Text(_seen[best])}"
            + (others.Count == 0 ? "" : $", against {Formats.Join(others)}")
            + (
                best == 0 && _seen.Any(each => metric.Gain(each.Value, over: _seen[0].Value) > 0)
                    ? "; none is better by more than its error"
                    : ""
            );

        static string Text(TrainerTried tried) =>
            tried.Value is { } value ? value.ToString("G4", CultureInfo.InvariantCulture) : Formats.None;
    }
}
