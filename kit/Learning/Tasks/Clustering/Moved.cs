using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>How many rows two models have in clusters of another number.</summary>
internal static class Moved
{
    public const string Name = "moved";

    /// <summary>As a share of the rows, which are the same.</summary>
    public static double Of(Answers answers, Answers others)
    {
        var (names, theirs) = (answers.Reading.Classes!, others.Reading.Classes!);
        return answers
            .Classes!.Chosen.Zip(others.Classes!.Chosen)
            .Average(row => names[row.First] == theirs[row.Second] ? 0 : 1);
    }
}
