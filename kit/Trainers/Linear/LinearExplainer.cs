using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Trainers.Linear;

/// <summary>What each column adds to a score, less what it adds on average to those of the rows learned.</summary>
internal sealed class LinearExplainer(LinearModel model, Design design) : IExplainer
{
    public int Width => model.Intercept.Count;

    public IReadOnlyList<double> Means =>
        [.. model.Intercept.Select((all, k) => all + model.Columns.Sum(column => column.Means[k]))];

    public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
    {
        var columns = model.Columns.Count;
        for (var column = 0; column < columns; column++)
        {
            var ((_, weights, means), values) = (model.Columns[column], rows.Columns[column]);
            for (var i = 0; i < order.Length; i++)
            {
                var (place, value) = design.At(column, values[order[i]]);
                var some = weights[place - design.FirstOf(column)];
                for (var k = 0; k < Width; k++)
                {
                    contributions[(((i * Width) + k) * columns) + column] = (some[k] * value) - means[k];
                }
            }
        }
    }
}
