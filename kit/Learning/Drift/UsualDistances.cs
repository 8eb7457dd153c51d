using Trainyard.Registry;

namespace Trainyard.Learning.Drift;

/// <summary>What a distance usually is, learned from that of each block, and how far beyond it each block's own lay.
/// That is told of each block as it will be of a run: by the other blocks alone, for whoever has a part in a mean lies
/// nearer to it.</summary>
internal sealed class UsualDistances
{
    /// <summary>A distance that never changes at all is nevertheless taken to vary by this share of what a row more or
    /// less could make of it.</summary>
    private const double LeastScale = 0.5;

    private UsualDistances(UsualDistance usual, double[] beyond) => (Usual, Beyond) = (usual, beyond);

    public UsualDistance Usual { get; }

    /// <summary>Of each block, how many scales beyond the usual distance its own lay; NaN where it has none.</summary>
    public double[] Beyond { get; }

    /// <param name="logarithms">Of each block's distance; NaN where it has none.</param>
    /// <param name="rows">Of each block.</param>
    /// <param name="seasons">Of each block the place of its season.</param>
    public static UsualDistances Of(double[] logarithms, long[] rows, int[] seasons, int seasonCount)
    {
        var (sums, counts) = (new double[seasonCount], new int[seasonCount]);
        var (least, known) = (0.0, 0);
        for (var block = 0; block < logarithms.Length; block++)
        {
            if (!double.IsNaN(logarithms[block]))
            {
                sums[seasons[block]] += logarithms[block];
                counts[seasons[block]]++;
                least += Distances.Chance(rows[block]) / Math.Exp(logarithms[block]);
                known++;
            }
        }

        double[] residuals =
        [
            .. logarithms.Select(
                (logarithm, block) =>
                    seasons[block] is var season && counts[season] > 1
                        ? logarithm - ((sums[season] - logarithm) / (counts[season] - 1))
                        : double.NaN
            ),
        ];
        var (squares, told) = (0.0, 0);
        foreach (var residual in residuals.Where(residual => !double.IsNaN(residual)))
        {
            squares += residual * residual;
            told++;
        }

        var floor = known == 0 ? LeastScale : LeastScale * least / known;
        return new UsualDistances(
            new UsualDistance(
                [.. sums.Zip(counts, (sum, count) => count == 0 ? double.NaN : sum / count)],
                Math.Max(floor, Math.Sqrt(squares / Math.Max(1, told)))
            ),
            [
                .. residuals.Select(residual =>
                    residual / Math.Max(floor, Math.Sqrt((squares - (residual * residual)) / Math.Max(1, told - 1)))
                ),
            ]
        );
    }
}
