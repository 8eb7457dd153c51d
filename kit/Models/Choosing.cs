using System.Globalization;
using Trainyard.Learning.Data;
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
    public Chosen Of(IReadOnlyList<Recipe> recipes)
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

            return new Chosen(best, seen);
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
            seen.Add(new TrainerTried(trainer, begun.Value(threads, cancel), rows, begun.Lessons[0].Size!.Value));
            return begun;
        }
        catch
        {
            begun.Dispose();
            throw;
        }

        string? AllOf(Fold fold) => LearningTasks.Of(definition.Model.Task).Alike(frame.Labels.Take(fold.Learned));
    }

    private static long RowsOf(IReadOnlyList<Fold> tries) => tries.Max(fold => fold.Learned.Length);

    /// <summary>Whether the last is better than all before it.</summary>
    private static bool IsBest(List<TrainerTried> seen, Metric metric) =>
        seen.SkipLast(1).All(other => metric.IsBetter(seen[^1].Value ?? double.NaN, other.Value ?? double.NaN));

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
        return $"Going on with {chosen.Trainer}: {metric.Title} {split.Card.Held} is {Text(chosen)}"
            + (others.Count == 0 ? "" : $", against {Formats.Join(others)}");

        static string Text(TrainerTried tried) =>
            tried.Value is { } value ? value.ToString("G4", CultureInfo.InvariantCulture) : Formats.None;
    }
}
