using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Trainers.Linear;

/// <summary>What each column adds to a score, less what it adds on average to those of the rows learned.</summary>
internal sealed class LinearExplainer(LinearModel model, double[] weights, Design design) : IExplainer
{
    public int Width => model.Intercept.Count;

    public IReadOnlyList<double> Means =>
        [.. model.Intercept.Select((all, k) => all + model.Columns.Sum(column => column.Means[k]))];

    public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
    {
        var (columns, sums) = (model.Columns.Count, new double[Width]);
        for (var column = 0; column < columns; column++)
        {
            var (values, means) = (rows.Columns[column], model.Columns[column].Means);
            for (var i = 0; i < order.Length; i++)
            {
                Array.Clear(sums);
                design.AddTo(sums, rows, column, values[order[i]], weights);
                for (var k = 0; k < Width; k++)
                {
                    contributions[(((i * Width) + k) * columns) + column] = sums[k] - means[k];
                }
            }
        }
    }
}
