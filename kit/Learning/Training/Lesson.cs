using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Training;

/// <summary>What a trainer is given. What comes later for some trainers is a member more here, or of the options, and
/// leaves the others as they are.</summary>
public sealed record Lesson
{
    /// <summary>Names the columns, and says which hold numbers and which the ranks of levels.</summary>
    public required Encoder Encoder { get; init; }

    public required EncodedRows Rows { get; init; }

    /// <summary>The columns that hold levels, by their places.</summary>
    public IReadOnlyList<int> OfLevels =>
        [.. Enumerable.Range(0, Encoder.Columns.Count).Where(column => !Encoder.Columns[column].IsNumber)];

    public required Targets Targets { get; init; }

    /// <summary>The rows that some fit of the training learns or is validated on, by their places; the holdout is not
    /// among them. What needs no label, such as bins, is learned on them, once for all fits.</summary>
    public required int[] Known { get; init; }

    /// <summary>The rows to learn, by their places.</summary>
    public required int[] Learned { get; init; }

    /// <summary>The rows that decide on the size; null where it is given.</summary>
    public int[]? Validation { get; init; }

    /// <summary>The size to take; null where validation decides.</summary>
    public int? Size { get; init; }

    public required Objective Objective { get; init; }

    /// <summary>What the measured model gives for rows, by their places, where this one is to answer in its stead: for
    /// who goes on from there. Null elsewhere.</summary>
    public Func<int[], Scores>? Before { get; init; }

    /// <summary>Divides rows that are learned, so that each can be answered by a model that has not learned it, nor,
    /// where there is time, what came after; rows that no other could answer are in no part.</summary>
    public Func<int[], IReadOnlyList<Fold>> Parts { get; init; } = _ => [];

    /// <summary>A column each: 1 where scores may not fall as its number rises, −1 where they may not rise, 0 where
    /// they may do either. None where nothing is held.</summary>
    public IReadOnlyList<int> Directions { get; init; } = [];

    /// <summary>Null where nobody has a size picked by the metric.</summary>
    public Judge? Judge { get; init; }

    public required int Threads { get; init; }

    /// <summary>Whether the labels of rows are not all the same.</summary>
    public bool HasDifferentLabels(int[] rows) =>
        Array.Exists(rows, row => Targets.Labels[row] != Targets.Labels[rows[0]]);

    /// <summary>65 where all labels to learn are the same.</summary>
    public void DemandDifferentLabels()
    {
        if (!HasDifferentLabels(Learned))
        {
            throw Fault.BadData(
                $"Nothing can be learned from the {Counted.Of(Learned.Length, "row")}: all labels are the same. Mend "
                    + "the rows. Nothing was changed."
            );
        }
    }
}
