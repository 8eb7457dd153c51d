namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>A model of LightGBM's as its text tells it.</summary>
internal sealed record TreeModel
{
    /// <summary>Columns that the model reads.</summary>
    public required int Features { get; init; }

    /// <summary>Trees a round: one, or one a class.</summary>
    public required int Width { get; init; }

    /// <summary>How a sum of trees becomes the answer, in LightGBM's words ("binary sigmoid:1").</summary>
    public required string Objective { get; init; }

    /// <summary>Whether the answer is the mean of the rounds instead of their sum.</summary>
    public required bool IsAveraged { get; init; }

    /// <summary>Round by round.</summary>
    public required IReadOnlyList<Tree> Trees { get; init; }

    public int Rounds => Trees.Count / Width;
}
