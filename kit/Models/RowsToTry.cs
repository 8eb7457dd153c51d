using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Models;

/// <summary>
/// The rows by which trainers are told apart. Where validation has few, it cannot tell: then all rows beside the
/// holdout are answered, in folds. Of a large table so many are drawn, to learn and to be held against, that trying a
/// trainer costs little beside learning them all; who is better by them all the same is better by all.
/// </summary>
/// <param name="Frame">What is tried learns it, and is held against it.</param>
/// <param name="Split">Of that frame.</param>
/// <param name="Answered">Where the first trainer learns all rows: those it is held against, fit by fit, by their
/// places in the whole frame. Null in folds, which are made only to choose.</param>
internal sealed record RowsToTry(Frame Frame, Split Split, IReadOnlyList<int[]>? Answered)
{
    /// <summary>To learn, and as many to be held against.</summary>
    public const int Most = 10_000;

    /// <summary>Validation has fewer than these where folds choose: by 100 rows an AUC of 0.8 has an error of
    /// 0.03.</summary>
    public const int Few = 300;

    /// <summary>Of more rows beside the holdout folds would cost too much.</summary>
    public const int MostInFolds = 5000;

    public static RowsToTry Of(Definition definition, Frame frame, Split split)
    {
        var isSmall = split.Validation.Length < Few && split.Learned.Length < MostInFolds;
        return isSmall && split.Card.Folds is null && FoldsOf(definition, frame, split) is { } folds
            ? folds
            : Drawn(frame, split, definition.Model.Options.Seed);
    }

    /// <summary>Those of the split.</summary>
    public static RowsToTry Whole(Frame frame, Split split) =>
        new(frame, split, [.. split.Tries.Select(fold => fold.Answered)]);

    /// <summary>Null where some fold has nothing to tell apart.</summary>
    private static RowsToTry? FoldsOf(Definition definition, Frame frame, Split split)
    {
        var learned = split.Learned;
        var folds = Folds.Of(definition, frame, learned);
        return folds.Count < 2 || folds.Any(fold => Alike(definition, frame.Labels.Take(fold.Learned)) is not null)
            ? null
            : new(
                frame,
                split with
                {
                    Fit = learned,
                    Validation = [],
                    Tries = folds,
                    Card = split.Card with { Folds = folds.Count },
                },
                Answered: null
            );
    }

    /// <summary>What all labels are; null where they differ, so that any trainer finds something to learn.</summary>
    public static string? Alike(Definition definition, Labels labels) =>
        LearningTasks.Of(definition.Model.Task).Alike(labels)
        ?? (
            labels.Values.Distinct().Take(2).ToList() is [var only]
                ? only.ToString("R", CultureInfo.InvariantCulture)
                : null
        );

    private static RowsToTry Drawn(Frame frame, Split split, int seed)
    {
        if (split.Fit.Length <= Most && split.Validation.Length <= Most)
        {
            return Whole(frame, split);
        }

        var random = new Random(seed);
        var (fit, validation) = (Draw(split.Fit, random), Draw(split.Validation, random));
        int[] drawn = [.. fit.Concat(validation).Order()];
        var places = drawn.Index().ToDictionary(row => row.Item, row => row.Index);
        Fold[] tries = [.. split.Tries.Select(fold => new Fold(Only(fold.Learned), Only(fold.Answered)))];
        return new(
            frame.Take(drawn),
            split with
            {
                Fit = PlacesOf(fit),
                Validation = PlacesOf(validation),
                Holdout = [],
                Unlabelled = [],
                Tries = [.. tries.Select(fold => new Fold(PlacesOf(fold.Learned), PlacesOf(fold.Answered)))],
                Served = null,
            },
            [.. tries.Select(fold => fold.Answered)]
        );

        int[] Only(int[] rows) => Array.FindAll(rows, places.ContainsKey);

        int[] PlacesOf(int[] rows) => Array.ConvertAll(rows, row => places[row]);
    }

    private static int[] Draw(int[] rows, Random random)
    {
        if (rows.Length <= Most)
        {
            return rows;
        }

        int[] shuffled = [.. rows];
        random.Shuffle(shuffled);
        return [.. shuffled[..Most].Order()];
    }
}
