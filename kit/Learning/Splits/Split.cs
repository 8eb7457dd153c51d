using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Splits;

/// <summary>Which rows are used for what, by their places in the frame. Where labels are learned, rows without one are
/// in none; where they only measure, in no holdout.</summary>
public sealed record Split
{
    public required int[] Fit { get; init; }
    public required int[] Validation { get; init; }
    public required int[] Holdout { get; init; }
    public required SplitCard Card { get; init; }

    /// <summary>The fits that decide on size, calibrator and threshold, and the rows that each is validated on: one on
    /// fit, for validation; or one a fold of fit, and then there is no validation.</summary>
    public required IReadOnlyList<Fold> Tries { get; init; }

    /// <summary>The rows that those are held against.</summary>
    public int[] Validated => [.. Tries.SelectMany(fold => fold.Answered)];

    /// <summary>What the measured fit learns in the end.</summary>
    public int[] Learned => [.. Fit, .. Validation];

    /// <summary>The rows of the holdout without a label, where such are learned as well: nothing is measured by them,
    /// but they are answered.</summary>
    public int[] Unlabelled { get; init; } = [];

    /// <summary>The last cutoff that the measured fit learns; null where the table has no time.</summary>
    public required DateTimeOffset? LearnedThrough { get; init; }

    /// <summary>What the fit that answers learns; null where the measured one answers.</summary>
    public ServedRows? Served { get; init; }

    /// <summary>Divides the rows in time order, or by a hash of the key where there is no time; 65 where a part is
    /// empty or has one class only.</summary>
    /// <param name="to">The end of the run's window; null where the table has no time.</param>
    public static Split Of(Definition definition, Frame frame, DateTimeOffset? to)
    {
        var (partOf, bounds) = PartsOf(definition, frame, to);
        var folds = definition.Model.Split.Folds;
        // By the number of the part: as many times as there are rows, a dictionary is slow.
        List<int>[] parts = [.. Enum.GetValues<SplitPart>().Select(_ => new List<int>())];
        var (nulls, nullsInHoldout, unlabelled) = (0L, 0L, new List<int>());
        var (learns, measures) = (definition.Model.Task.LearnsLabels, definition.Label is not null);
        for (var row = 0; row < frame.Rows; row++)
        {
            var part = partOf(row);
            if (!(part == SplitPart.Holdout ? measures : learns) || frame.Labels.IsKnown(row))
            {
                parts[(int)part].Add(row);
                continue;
            }

            nulls++;
            nullsInHoldout += part == SplitPart.Holdout ? 1 : 0;
            if (!learns)
            {
                unlabelled.Add(row);
            }
        }

        SplitPart[] needed =
            folds > 1 ? [SplitPart.Fit, SplitPart.Holdout] : [SplitPart.Fit, SplitPart.Validation, SplitPart.Holdout];
        foreach (var part in needed)
        {
            Check(definition, frame, part, RowsIn(part), bounds, nulls);
        }

        var brought = frame.Cutoffs.Length == 0 ? null : definition.Model.Options.BroughtThrough(definition.Clock);
        if (brought is { } through)
        {
            DemandUnlearned(frame, RowsIn(SplitPart.Holdout), through);
        }

        int[] fit = [.. RowsIn(SplitPart.Fit)];
        int[] validation = [.. RowsIn(SplitPart.Validation)];
        List<Fold> tries = folds > 1 ? FoldsOf(definition, frame, fit, folds) : [new Fold(fit, validation)];
        return new Split
        {
            Fit = fit,
            Validation = validation,
            Tries = tries,
            Holdout = [.. RowsIn(SplitPart.Holdout)],
            Unlabelled = [.. unlabelled],
            LearnedThrough =
                frame.Cutoffs.Length == 0
                    ? null
                    : RowsIn(SplitPart.Fit)
                        .Concat(RowsIn(SplitPart.Validation))
                        .Select(row => frame.Cutoffs[row])
                        .Append(brought ?? DateTimeOffset.MinValue)
                        .Max(),
            Card = new SplitCard
            {
                Bounds = bounds,
                Folds = folds > 1 ? tries.Count : null,
                FitRows = RowsIn(SplitPart.Fit).Count,
                ValidationRows = RowsIn(SplitPart.Validation).Count,
                HoldoutRows = RowsIn(SplitPart.Holdout).Count,
                GapRows = RowsIn(SplitPart.Gap).Count,
                NullLabels = nulls,
                NullLabelsInHoldout = nullsInHoldout,
                Timeline = bounds is null ? [] : TimelineOf(definition, frame, partOf),
            },
        };

        List<int> RowsIn(SplitPart part) => parts[(int)part];
    }

    /// <summary>Whether a key lies in the holdout of a split by key.</summary>
    public static bool IsHoldout(ulong key, SplitSpec split) => KeyHash.ShareOf(key) < split.Holdout.Share.Value;

    private static (Func<int, SplitPart> PartOf, SplitBounds? Bounds) PartsOf(
        Definition definition,
        Frame frame,
        DateTimeOffset? to
    )
    {
        var split = definition.Model.Split;
        if (frame.Rows == 0)
        {
            throw Fault.BadData("There are no rows to learn from. Nothing was changed.");
        }

        if (to is { } end && (split.By ?? SplitBy.Time) == SplitBy.Time)
        {
            var bounds = SplitBounds.Of(definition, end);
            return (row => bounds.PartOf(frame.Cutoffs[row]), bounds);
        }

        var (holdout, validation) = (
            split.Holdout.Share.Value,
            split.Holdout.Share.Value + split.Validation.Share.Value
        );
        return (
            row =>
                KeyHash.ShareOf(frame.Keys[row]) switch
                {
                    var share when share < holdout => SplitPart.Holdout,
                    var share when share < validation && split.Folds == 1 => SplitPart.Validation,
                    _ => SplitPart.Fit,
                },
            null
        );
    }

    /// <summary>Those whose rows to learn are not all alike; 65 where there is none.</summary>
    private static List<Fold> FoldsOf(Definition definition, Frame frame, int[] learned, int count)
    {
        var task = LearningTasks.Of(definition.Model.Task);
        var folds = Folds
            .Of(definition, frame, learned, count)
            .Where(fold => task.Alike(frame.Labels.Take(fold.Learned)) is null)
            .ToList();
        return folds.Count > 0
            ? folds
            : throw Fault.BadData(
                $"Of the {Counted.Of(learned.Length, "row")} being learned no fold can be answered by the others: "
                    + "they are too few, or their labels too much alike. Give it more rows, or write "
                    + "model.split.folds: 1. Nothing was changed."
            );
    }

    private static void Check(
        Definition definition,
        Frame frame,
        SplitPart part,
        List<int> rows,
        SplitBounds? bounds,
        long nulls
    )
    {
        var name = part switch
        {
            SplitPart.Fit when bounds is not null => $"fit (cutoffs up to {bounds.FitEnds:yyyy-MM-ddTHH:mm:ssZ})",
            SplitPart.Validation when bounds is not null =>
                $"validation (cutoffs after {bounds.ValidationAfter:yyyy-MM-ddTHH:mm:ssZ} up to "
                    + $"{bounds.ValidationEnds:yyyy-MM-ddTHH:mm:ssZ})",
            SplitPart.Holdout when bounds is not null =>
                $"the holdout (cutoffs after {bounds.HoldoutAfter:yyyy-MM-ddTHH:mm:ssZ})",
            SplitPart.Holdout => "the holdout",
            _ => EnumText.Of(part),
        };
        if (rows.Count == 0)
        {
            throw Fault.BadData(
                (
                    definition.Label is null
                        ? $"No row is in {name}, of {frame.Rows}. "
                        : $"No row with a label is in {name}, of {Counted.Of(frame.Rows, "row")} of which "
                            + $"{nulls} have none. "
                ) + "Mend the rows, or give model.split other sizes. Nothing was changed."
            );
        }

        // A holdout of one class is not an error: some metrics can still be computed, and the gate says which cannot.
        if (
            part != SplitPart.Holdout
            && LearningTasks.Of(definition.Model.Task).Alike(frame.Labels.Take([.. rows])) is { } alike
        )
        {
            throw Fault.BadData(
                $"Every label in {name} is {alike}, of {Counted.Of(rows.Count, "row")}: there is nothing to tell "
                    + "apart. Mend the rows, or give model.split other sizes. Nothing was changed."
            );
        }
    }

    /// <summary>78 where the holdout has rows that what was brought may have learned elsewhere.</summary>
    private static void DemandUnlearned(Frame frame, List<int> holdout, DateTimeOffset through)
    {
        var learned = holdout.Count(row => frame.Cutoffs[row] <= through);
        if (learned > 0)
        {
            throw Fault.BadConfiguration(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of the {holdout.Count} rows of the holdout {learned} have a cutoff up to "
                        + $"{through:yyyy-MM-ddTHH:mm:ssZ}, through which the model may have learned rows by its "
                        + $"model.options: to be right there promises nothing. Give model.split.holdout less, take a "
                        + $"later as-of, or bring a model that has learned less. Nothing was changed."
                )
            );
        }
    }

    private static List<PeriodRows> TimelineOf(Definition definition, Frame frame, Func<int, SplitPart> partOf)
    {
        var days = new Dictionary<DateTimeOffset, DateTimeOffset>();
        var clock = definition.Clock with { Every = Every.Day };
        return
        [
            .. Enumerable
                .Range(0, frame.Rows)
                .CountBy(row => (Day: DayOf(frame.Cutoffs[row]), Part: partOf(row)))
                .OrderBy(count => count.Key.Day)
                .ThenBy(count => count.Key.Part)
                .Select(count => new PeriodRows(count.Key.Day, count.Key.Part, count.Value)),
        ];

        DateTimeOffset DayOf(DateTimeOffset cutoff) =>
            days.TryGetValue(cutoff, out var day) ? day : days[cutoff] = clock.Floor(cutoff);
    }
}
