using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models;

/// <summary>Lets validation choose among trainers, by the metric that decides.</summary>
internal sealed class Choosing(Frame frame, Split split, int threads, Action<string> say, CancellationToken cancel)
{
    /// <summary>
    /// Where a fit has more rows, the first trainer learns them all, and the others are tried on so many, drawn at
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
            if (seen.Single(each => each.Chosen).Rows < RowsOf(split.Tries))
            {
                var recipe = best.Recipe;
                best.Dispose();
                best = null;
                best = recipe.Begin(split.Tries);
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
        var task = LearningTasks.Of(definition.Model.Task);
        var tries = isFirst ? split.Tries : [.. split.Tries.Select(fold => Sample(fold, definition))];
        var rows = RowsOf(tries);
        var isSample = rows < RowsOf(split.Tries);
        if (isSample && tries.Select(AllOf).FirstOrDefault(alike => alike is not null) is { } alike)
        {
            say($"Not trying {trainer}: the labels of {rows} rows drawn are all {alike}");
            return null;
        }

        say($"Trying {trainer}{(isSample ? $" with {rows} rows" : "")}, to choose");
        var begun = recipe.Begin(tries);
        try
        {
            var value = ValueOf(begun, task);
            seen.Add(
                new TrainerTried(trainer, double.IsFinite(value) ? value : null, rows, begun.Lessons[0].Size!.Value)
            );
            return begun;
        }
        catch
        {
            begun.Dispose();
            throw;
        }

        string? AllOf(Fold fold) => task.Alike(frame.Labels.Take(fold.Learned));
    }

    private double ValueOf(Begun begun, ITask task)
    {
        var definition = begun.Recipe.Definition;
        var (rows, scores) = begun.Answer(threads, cancel);
        return Measures
            .Of(definition.Metric)
            .Value(
                task.Answer(definition.Model, scores, begun.Tuned.Reading, begun.Labels.Classes),
                begun.Labels.Of(rows)
            );
    }

    private static long RowsOf(IReadOnlyList<Fold> tries) => tries.Max(fold => fold.Learned.Length);

    /// <summary>Whether the last is better than all before it.</summary>
    private static bool IsBest(List<TrainerTried> seen, Metric metric) =>
        seen[^1].Value is { } value
        && seen.SkipLast(1)
            .All(other => other.Value is not { } before || (metric.HigherIsBetter ? value > before : value < before));

    private static Fold Sample(Fold fold, Definition definition)
    {
        if (fold.Learned.Length <= MostRows)
        {
            return fold;
        }

        int[] rows = [.. fold.Learned];
        new Random(definition.Model.Options.Seed).Shuffle(rows);
        return fold with { Learned = [.. rows[..MostRows].Order()] };
    }

    private string Sentence(List<TrainerTried> seen, Metric metric)
    {
        var chosen = seen.Single(each => each.Chosen);
        var others = seen.Where(each => !each.Chosen).Select(each => $"{Text(each)} of {each.Trainer}").ToList();
        var held = split.Card.Folds is null ? "on validation" : "in folds";
        return $"Going on with {chosen.Trainer}: {metric.Title} {held} is {Text(chosen)}"
            + (others.Count == 0 ? "" : $", against {Formats.Join(others)}");

        static string Text(TrainerTried tried) =>
            tried.Value is { } value ? value.ToString("G4", CultureInfo.InvariantCulture) : Formats.None;
    }
}
