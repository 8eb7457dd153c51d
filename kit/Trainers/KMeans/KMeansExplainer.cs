using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Trainers.KMeans;

/// <summary>What each column adds to the squared distance from a centre, less what it adds on average to those of the
/// rows learned.</summary>
internal sealed class KMeansExplainer(KMeansModel model, Design space) : IExplainer
{
    public int Width => model.Rows.Count;

    public IReadOnlyList<double> Means =>
        [.. Enumerable.Range(0, Width).Select(centre => model.Columns.Sum(column => column.Means[centre]))];

    public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
    {
        var columns = model.Columns.Count;
        for (var column = 0; column < columns; column++)
        {
            var ((_, centres, means), values) = (model.Columns[column], rows.Columns[column]);
            double[] own = [.. Enumerable.Range(0, Width).Select(centre => centres.Sum(at => at[centre] * at[centre]))];
            for (var i = 0; i < order.Length; i++)
            {
                var (place, value) = space.At(column, values[order[i]]);
                var some = centres[place - space.FirstOf(column)];
                for (var centre = 0; centre < Width; centre++)
                {
                    contributions[(((i * Width) + centre) * columns) + column] =
                        (value * value) - (2 * value * some[centre]) + own[centre] - means[centre];
                }
            }
        }
    }
}
