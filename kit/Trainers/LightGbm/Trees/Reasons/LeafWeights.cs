namespace Trainyard.Trainers.LightGbm.Trees.Reasons;

/// <summary>
/// What a leaf gives to the features on its way, depending on which of them send a row there (its pattern).
/// <para>
/// Let o be 1 for a feature that sends the row to the leaf and else 0, and z its share. The Shapley value of feature i
/// is v (o_i − z_i) W_i, where W_i adds up, over the sets S of the other features, |S|! (m − 1 − |S|)! / m! times the
/// product of o over S and of z over the rest. Those factorials are the integral of t^|S| (1 − t)^(m − 1 − |S|), so W_i
/// is the integral of the product of (z (1 − t) + o t) over the other features: a polynomial, which a few points
/// integrate exactly, as Linear TreeShap (Yu, Xu, Bifet and Read 2022) evaluates its polynomials at a few. That
/// patterns share their weights is the idea of Fast TreeSHAP v2 (Yang 2021).
/// </para>
/// </summary>
internal sealed class LeafWeights
{
    private readonly LeafPath _path;
    private readonly int _points;

    /// <summary>By feature and point: the factor where the feature does not send the row to the leaf, and where it
    /// does, and what undoes each.</summary>
    private readonly double[] _factors;

    public LeafWeights(LeafPath path)
    {
        _path = path;
        var quadrature = Quadrature.For(path.Features.Length);
        _points = quadrature.Points.Length;
        Weights = quadrature.Weights;
        _factors = new double[path.Features.Length * _points * 4];
        for (var feature = 0; feature < path.Features.Length; feature++)
        {
            var share = path.Shares[feature];
            for (var point = 0; point < _points; point++)
            {
                var t = quadrature.Points[point];
                var (no, yes) = (share * (1 - t), (share * (1 - t)) + t);
                var at = At(feature, point);
                // A factor of zero leaves nothing to any feature, so nothing need be undone.
                (_factors[at], _factors[at + 1]) = (no, yes);
                (_factors[at + 2], _factors[at + 3]) = (no > 0 ? 1 / no : 0, 1 / yes);
            }
        }
    }

    private double[] Weights { get; }

    /// <summary>What each feature gets.</summary>
    /// <param name="sends">By feature: 1 where it sends the row to the leaf, else 0.</param>
    /// <param name="products">Room to work in: a number a point.</param>
    /// <param name="given">By feature, <paramref name="stride"/> apart.</param>
    public void Give(ReadOnlySpan<byte> sends, Span<double> products, Span<double> given, int stride)
    {
        for (var point = 0; point < _points; point++)
        {
            var product = Weights[point] * _path.Value;
            for (var feature = 0; feature < sends.Length; feature++)
            {
                product *= _factors[At(feature, point) + sends[feature]];
            }

            products[point] = product;
        }

        for (var feature = 0; feature < sends.Length; feature++)
        {
            var sum = 0.0;
            for (var point = 0; point < _points; point++)
            {
                sum += products[point] * _factors[At(feature, point) + 2 + sends[feature]];
            }

            given[feature * stride] = (sends[feature] - _path.Shares[feature]) * sum;
        }
    }

    public int Points => _points;

    private int At(int feature, int point) => ((feature * _points) + point) * 4;
}
