using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.KMeans;

/// <summary>Takes rows, by their places, for the same that have the same in every column: nulls are, and so are 0 and
/// -0.</summary>
internal sealed class SameRow(EncodedRows rows) : IEqualityComparer<int>
{
    public bool Equals(int x, int y)
    {
        foreach (var column in rows.Columns)
        {
            if (!column[x].Equals(column[y]))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(int obj)
    {
        var hash = new HashCode();
        foreach (var column in rows.Columns)
        {
            hash.Add(column[obj]);
        }

        return hash.ToHashCode();
    }
}
