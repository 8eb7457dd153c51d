using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Splits;

/// <summary>
/// Divides the rows being learned so that each can be answered by a model that has not learned it. In time the later
/// half of the rows is answered, part by part, by what came before, less the rows whose labels were not known by then;
/// where there is no time every row is answered by all keys but those of its part.
/// </summary>
public static class Folds
{
    /// <summary>So many, where nobody says it.</summary>
    public const int Usual = 5;

    /// <summary>In time: the share of the rows that are learned by the first fold already.</summary>
    private const double LearnedAtFirst = 0.5;

    public static IReadOnlyList<Fold> Of(Definition definition, Frame frame, int[] learned, int count = Usual) =>
        IsInTime(definition, frame)
            ? InTime(definition, frame, learned, count, LearnedAtFirst)
            : ByKey(frame, learned, count);

    /// <summary>The same for who needs an answer to every row that others can answer: in time the first part of them
    /// teaches those that come after, and its own rows, which nothing came before, are answered by its other
    /// keys.</summary>
    public static IReadOnlyList<Fold> OfAll(Definition definition, Frame frame, int[] learned)
    {
        if (!IsInTime(definition, frame))
        {
            return ByKey(frame, learned, Usual);
        }

        var folds = InTime(definition, frame, learned, Usual, learnedAtFirst: 1.0 / (Usual + 1));
        int[] first = [.. learned.Except(folds.SelectMany(fold => fold.Answered))];
        return [.. ByKey(frame, first, Usual), .. folds];
    }

    private static bool IsInTime(Definition definition, Frame frame) =>
        frame.Cutoffs.Length > 0 && (definition.Model.Split.By ?? SplitBy.Time) == SplitBy.Time;

    private static List<Fold> ByKey(Frame frame, int[] learned, int count)
    {
        var foldOf = learned.ToLookup(row => (int)(count * KeyHash.ShareOf(KeyHash.Mix(frame.Keys[row]))));
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(fold => new Fold(
                    [.. Enumerable.Range(0, count).Where(other => other != fold).SelectMany(other => foldOf[other])],
                    [.. foldOf[fold]]
                ))
                .Where(IsUseful),
        ];
    }

    private static List<Fold> InTime(
        Definition definition,
        Frame frame,
        int[] learned,
        int count,
        double learnedAtFirst
    )
    {
        int[] ordered = [.. learned.OrderBy(row => frame.Cutoffs[row])];

        // All rows of a cutoff are in one fold: a border is the cutoff of the last row before it.
        DateTimeOffset[] borders =
        [
            .. Enumerable
                .Range(0, count + 1)
                .Select(border => learnedAtFirst + ((1 - learnedAtFirst) * border / count))
                .Select(share => frame.Cutoffs[ordered[Math.Max(0, (int)(share * ordered.Length) - 1)]]),
        ];
        var gap = definition.Label?.KnownAfter ?? default;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(fold =>
                {
                    var (after, until) = (borders[fold], borders[fold + 1]);
                    var known = definition.Clock.Ago(after, gap);
                    return new Fold(
                        [.. ordered.TakeWhile(row => frame.Cutoffs[row] <= known)],
                        [.. ordered.Where(row => frame.Cutoffs[row] > after && frame.Cutoffs[row] <= until)]
                    );
                })
                .Where(IsUseful),
        ];
    }

    private static bool IsUseful(Fold fold) => fold.Learned.Length > 0 && fold.Answered.Length > 0;
}
