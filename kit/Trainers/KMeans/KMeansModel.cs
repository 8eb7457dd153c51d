using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.KMeans;

/// <summary>A model as a package keeps it, a document that can be read and recomputed by hand.</summary>
internal sealed record KMeansModel
{
    /// <summary>Goes up with whatever an older version would not understand.</summary>
    public const int Newest = 1;

    public required int Format { get; init; }

    /// <summary>The sum of the squared distances of the rows learned from the centres that are nearest to
    /// them.</summary>
    public required double Inertia { get; init; }

    /// <summary>How many rows each centre is nearest to.</summary>
    public required IReadOnlyList<long> Rows { get; init; }

    public required IReadOnlyList<CentreColumn> Columns { get; init; }

    internal static KMeansModel Of(Encoder encoder, Cloud cloud, int width, double[] centres, Gathered gathered)
    {
        var squares = cloud.MeanSquares();
        var columns = new List<CentreColumn>();
        foreach (var (number, column) in encoder.Columns.Index())
        {
            var first = cloud.Space.FirstOf(number);
            var places = Enumerable.Range(first, Design.CountOf(column)).ToArray();
            columns.Add(
                new CentreColumn(
                    column.Name,
                    [.. places.Select(place => centres[(place * width)..((place + 1) * width)])],
                    [
                        .. Enumerable
                            .Range(0, width)
                            .Select(centre => squares[number] + places.Sum(place => Bent(place, centre))),
                    ]
                )
            );
        }

        return new()
        {
            Format = Newest,
            Inertia = gathered.Inertia,
            Rows = gathered.Counts,
            Columns = columns,
        };

        // What a centre's coordinate adds to the mean square of all rows' distances from it.
        double Bent(int place, int centre)
        {
            var (at, sum) = (centres[(place * width) + centre], 0.0);
            for (var other = 0; other < width; other++)
            {
                sum += gathered.Sums[(place * width) + other];
            }

            return (at * at) - (2 * at * sum / cloud.Count);
        }
    }
}

/// <param name="Name">The encoder's.</param>
/// <param name="Centres">Of a number: where it is at each centre, as its distance from the mean in what the encoder
/// measures it in, and how far nulls pull aside. Of a category: the share of each code of the encoder.</param>
/// <param name="Means">What the column adds on average to the squared distances of the rows learned, a number a
/// centre.</param>
internal sealed record CentreColumn(
    string Name,
    IReadOnlyList<IReadOnlyList<double>> Centres,
    IReadOnlyList<double> Means
);
