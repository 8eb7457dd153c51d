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
        var of = new SeasonDistances[seasonCount];
        var least = new double[logarithms.Length];
        for (var block = 0; block < logarithms.Length; block++)
        {
            if (!double.IsNaN(logarithms[block]))
            {
                of[seasons[block]] = of[seasons[block]].With(logarithms[block]);
                least[block] = LeastScale * Distances.Chance(rows[block]) / Math.Exp(logarithms[block]);
            }
        }

        var all = new Spread(
            of.Sum(season => season.Squares),
            of.Sum(season => season.Told),
            least.Sum(),
            of.Sum(season => season.Blocks)
        );
        return new UsualDistances(
            new UsualDistance([.. of.Select(season => season.Center)], all.Scale),
            [
                .. logarithms.Select(
                    (logarithm, block) =>
                        double.IsNaN(logarithm)
                            ? double.NaN
                            : BeyondOthers(all, of[seasons[block]], logarithm, least[block])
                ),
            ]
        );
    }

    private static double BeyondOthers(Spread all, SeasonDistances season, double logarithm, double least)
    {
        var others = season.Without(logarithm);
        var spread = new Spread(
            all.Squares - season.Squares + others.Squares,
            all.Told - season.Told + others.Told,
            all.Least - least,
            all.Blocks - 1
        );
        return (logarithm - others.Center) / spread.Scale;
    }

    /// <summary>How far blocks lie from the mean of their season without themselves.</summary>
    /// <param name="Squares">The sum of its squares.</param>
    /// <param name="Told">Of how many blocks.</param>
    /// <param name="Least">The sum of what each block has to vary by.</param>
    /// <param name="Blocks">Of how many blocks.</param>
    private readonly record struct Spread(double Squares, int Told, double Least, int Blocks)
    {
        public double Scale =>
            Math.Max(
                Blocks == 0 ? LeastScale : Least / Blocks,
                // What is left when all but nothing is taken away can lie below zero.
                Math.Sqrt(Math.Max(0, Squares) / Math.Max(1, Told))
            );
    }
}
