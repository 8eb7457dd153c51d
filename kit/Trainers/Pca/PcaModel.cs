using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.Pca;

/// <summary>A model as a package keeps it, a document that can be read and recomputed by hand: the score of a row is
/// <see cref="Rest"/> times its squared distance from the means (at each place in what it is measured in there), and
/// for each component its weight times the squared step along it.</summary>
internal sealed record PcaModel
{
    /// <summary>Goes up with whatever an older version would not understand.</summary>
    public const int Newest = 1;

    public required int Format { get; init; }

    public required IReadOnlyList<PcaColumn> Columns { get; init; }

    /// <summary>The variance along each component.</summary>
    public required IReadOnlyList<double> Variances { get; init; }

    /// <summary>What a squared step along each component counts more than any other.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>What a squared step counts.</summary>
    public required double Rest { get; init; }

    /// <param name="scales">What a step at each place counts.</param>
    /// <param name="covariances">Under these.</param>
    /// <param name="components">A direction each.</param>
    /// <param name="variances">Of all directions, the greatest first.</param>
    /// <param name="varying">At how many places rows differ.</param>
    /// <param name="shrink">How far variances are drawn to their mean.</param>
    public static PcaModel Of(
        Encoder encoder,
        double[] means,
        double[] scales,
        double[][] covariances,
        double[][] components,
        double[] variances,
        int varying,
        double shrink
    )
    {
        var (count, mean) = (components.Length, variances.Sum() / varying);
        var left = varying == count ? 0 : variances.Skip(count).Sum() / (varying - count);

        // Over how many they are, so that an ordinary row has about 1.
        var rest = Counts(left);
        double[] weights = [.. variances.Take(count).Select(variance => Counts(variance) - rest)];
        var columns = new List<PcaColumn>();
        foreach (var column in encoder.Columns)
        {
            var first = columns.Sum(before => before.Means.Count);
            int[] places = [.. Enumerable.Range(first, Design.CountOf(column))];
            columns.Add(
                new PcaColumn(
                    column.Name,
                    [.. places.Select(place => means[place])],
                    [.. places.Select(place => scales[place])],
                    [
                        .. places.Select(place =>
                            components.Select(component => scales[place] * component[place]).ToArray()
                        ),
                    ],
                    places.Sum(place =>
                        (rest * covariances[place][place])
                        + components.Select((along, i) => weights[i] * variances[i] * along[place] * along[place]).Sum()
                    )
                )
            );
        }

        return new()
        {
            Format = Newest,
            Columns = columns,
            Variances = [.. variances.Take(count)],
            Weights = weights,
            Rest = rest,
        };

        double Counts(double variance) => 1 / (((1 - shrink) * variance) + (shrink * mean)) / varying;
    }
}

/// <param name="Name">The encoder's.</param>
/// <param name="Means">At each place: of a number its own and that of nulls, of a category a place a code.</param>
/// <param name="Scales">At each place what a step counts.</param>
/// <param name="Components">At each place a number a component: how far a step goes along it.</param>
/// <param name="Mean">What the column adds on average to the scores of the rows learned.</param>
internal sealed record PcaColumn(
    string Name,
    IReadOnlyList<double> Means,
    IReadOnlyList<double> Scales,
    IReadOnlyList<IReadOnlyList<double>> Components,
    double Mean
);
