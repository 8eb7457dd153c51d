using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Trainers.Pca;

/// <summary>What each column adds to the score, less what it adds on average to those of the rows learned: its part in
/// the squared distance, and in each step along a component.</summary>
internal sealed class PcaExplainer(PcaModel model, Design space) : IExplainer
{
    public int Width => 1;

    public IReadOnlyList<double> Means => [model.Columns.Sum(column => column.Mean)];

    public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
    {
        var (columns, count) = (model.Columns.Count, model.Weights.Count);
        var parts = new double[columns * count];
        for (var row = 0; row < order.Length; row++)
        {
            var steps = new double[count];
            for (var column = 0; column < columns; column++)
            {
                contributions[(row * columns) + column] = model.Rest * Part(column, order[row], parts, steps);
            }

            for (var column = 0; column < columns; column++)
            {
                ref var contribution = ref contributions[(row * columns) + column];
                for (var i = 0; i < count; i++)
                {
                    contribution += model.Weights[i] * steps[i] * parts[(column * count) + i];
                }

                contribution -= model.Columns[column].Mean;
            }
        }

        // The column's part in the squared distance, and in the step along each component.
        double Part(int column, int row, double[] parts, double[] steps)
        {
            var ((_, means, scales, components, _), square) = (model.Columns[column], 0.0);
            var (at, value) = space.At(column, rows.Columns[column][row]);
            var part = parts.AsSpan(column * count, count);
            part.Clear();
            for (var place = 0; place < means.Count; place++)
            {
                var along = (place == at - space.FirstOf(column) ? value : 0) - means[place];
                square += scales[place] * scales[place] * along * along;
                for (var i = 0; i < count; i++)
                {
                    part[i] += along * components[place][i];
                    steps[i] += along * components[place][i];
                }
            }

            return square;
        }
    }
}
