using Trainyard.Learning.Data;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Evaluating;

/// <summary>The holdout as a model has answered it, for who tells of that.</summary>
public sealed record AnsweredRows
{
    public required Frame Frame { get; init; }

    /// <summary>By their places in the frame.</summary>
    public required int[] Rows { get; init; }

    public required Answers Answers { get; init; }

    /// <summary>The rows of the holdout beside these, of which no label is known.</summary>
    public int[] Unlabelled { get; init; } = [];

    /// <summary>The rows that the model has learned.</summary>
    public required int[] Learned { get; init; }

    /// <summary>Answers other rows of the frame.</summary>
    public required Func<int[], Answers> Answer { get; init; }

    public Labels Labels => Frame.Labels.Take(Rows);
}
