using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>Which cluster each row belongs to: the one whose centre is nearest, of equal ones the first.</summary>
internal static class NearestCentre
{
    public static int[] Of(Scores distances)
    {
        var nearest = new int[distances.Rows];
        for (var row = 0; row < nearest.Length; row++)
        {
            var ofRow = distances.Row(row);
            for (var cluster = 1; cluster < ofRow.Length; cluster++)
            {
                nearest[row] = ofRow[cluster] < ofRow[nearest[row]] ? cluster : nearest[row];
            }
        }

        return nearest;
    }
}
