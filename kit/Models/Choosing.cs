using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models;

/// <summary>Lets validation choose among trainers, by the metric that decides.</summary>
internal sealed class Choosing(Frame frame, Split split, int threads, Action<string> say, CancellationToken cancel)
{
    /// <summary>
    /// Where fit has more rows, the first trainer learns them all, and the others are tried on so many, drawn at
    /// random: to try them costs little then, and one that is better all the same is better with all rows too. Then it
    /// learns them all.
    /// </summary>
    public const int MostRows = 10_000;

    /// <summary>The training that goes on, and what was seen of each.</summary>
    /// <param name="recipes">In the order of the list; of equal ones the first is taken.</param>
    public (Begun Begun, IReadOnlyList<TrainerTried> Tried) Of(IReadOnlyList<Recipe> recipes)
    {
        var seen = new List<TrainerTried>();
        Begun? best = null;
        try
        {
            foreach (var recipe in recipes)
            {
                var begun = Try(recipe, seen.Count == 0, seen);
                if (begun is not null && (best is null || IsBest(seen, recipe.Definition.Metric)))
                {
                    (best, begun) = (begun, best);
                }

                begun?.Dispose();
            }

            var chosen = best!.Recipe.Definition.Model.Trainer;
            seen = [.. seen.Select(each => each with { Chosen = each.Trainer == chosen })];
            say(Sentence(seen, best.Recipe.Definition.Metric));
            if (seen.Single(each => each.Chosen).Rows < split.Fit.Length)
            {
                var recipe = best.Recipe;
                best.Dispose();
                best = null;
                say($"Fitting {chosen} on fit, to be held against validation");
                best = recipe.Begin(split.Fit);
            }

            return (best, seen);
        }
        catch
        {
            best?.Dispose();
            throw;
        }
    }

    /// <summary>Null where the sample leaves nothing to learn.</summary>
    private Begun? Try(Recipe recipe, bool isFirst, List<TrainerTried> seen)
    {
        var (definition, trainer) = (recipe.Definition, recipe.Definition.Model.Trainer);
        var (task, fit) = (LearningTasks.Of(definition.Model.Task), isFirst ? split.Fit : Sample(definition));
        if (task.Alike(frame.Labels.Take(fit)) is { } alike && fit.Length < split.Fit.Length)
        {
            say($"Not trying {trainer}: the labels of {fit.Length} rows drawn are all {alike}");
            return null;
        }

        say($"Fitting {trainer} on {(fit.Length < split.Fit.Length ? $"{fit.Length} rows of " : "")}fit, to choose");
        var begun = recipe.Begin(fit);
        try
        {
            var value = ValueOf(begun, task);
            seen.Add(
                new TrainerTried(
                    trainer,
                    double.IsFinite(value) ? value : null,
                    fit.Length,
                    begun.Lessons[0].Size!.Value
                )
            );
            return begun;
        }
        catch
        {
            begun.Dispose();
            throw;
        }
    }

    private double ValueOf(Begun begun, ITask task)
    {
        var (definition, lesson) = (begun.Recipe.Definition, begun.Lessons[0]);
        var scores = new ScoringModel(
            lesson.Encoder,
            task.Assemble(begun.First, begun.Tuned.Reading),
            begun.Tuned.Calibrator,
            default
        ).Predict(lesson.Rows, split.Validation, threads, cancel);
        return Measures
            .Of(definition.Metric)
            .Value(
                task.Answer(definition.Model, scores, begun.Tuned.Reading, begun.Labels.Classes),
                begun.Labels.Of(split.Validation)
            );
    }

    /// <summary>Whether the last is better than all before it.</summary>
    private static bool IsBest(List<TrainerTried> seen, Metric metric) =>
        seen[^1].Value is { } value
        && seen.SkipLast(1)
            .All(other => other.Value is not { } before || (metric.HigherIsBetter ? value > before : value < before));

    private int[] Sample(Definition definition)
    {
        if (split.Fit.Length <= MostRows)
        {
            return split.Fit;
        }

        int[] rows = [.. split.Fit];
        new Random(definition.Model.Options.Seed).Shuffle(rows);
        return [.. rows[..MostRows].Order()];
    }

    private static string Sentence(List<TrainerTried> seen, Metric metric)
    {
        var chosen = seen.Single(each => each.Chosen);
        var others = seen.Where(each => !each.Chosen).Select(each => $"{Text(each)} of {each.Trainer}").ToList();
        return $"Going on with {chosen.Trainer}: {metric.Title} on validation is {Text(chosen)}"
            + (others.Count == 0 ? "" : $", against {Formats.Join(others)}");

        static string Text(TrainerTried tried) =>
            tried.Value is { } value ? value.ToString("G4", CultureInfo.InvariantCulture) : Formats.None;
    }
}
