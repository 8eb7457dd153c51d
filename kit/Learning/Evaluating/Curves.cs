using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>The ROC and precision-recall curves of scores, thinned for drawing.</summary>
internal static class Curves
{
    private const int MostPoints = 200;

    public static RankingCurves Of(double[] probabilities, double[] labels)
    {
        var positives = labels.Count(label => label > 0);
        var negatives = labels.Length - positives;
        if (positives == 0 || negatives == 0)
        {
            return new([], []);
        }

        var order = Enumerable.Range(0, probabilities.Length).ToArray();
        Array.Sort(Array.ConvertAll(probabilities, probability => -probability), order);
        List<Point> roc = [new(0, 0)];
        List<Point> precisionRecall = [];
        var hits = 0;
        for (var i = 0; i < order.Length; i++)
        {
            hits += labels[order[i]] > 0 ? 1 : 0;
            if (i == order.Length - 1 || probabilities[order[i]] != probabilities[order[i + 1]])
            {
                roc.Add(new Point((double)(i + 1 - hits) / negatives, (double)hits / positives));
                precisionRecall.Add(new Point((double)hits / positives, (double)hits / (i + 1)));
            }
        }

        return new(Thin(roc), Thin(precisionRecall));
    }

    /// <summary>Keeps both ends, and points about as far from each other along the x axis.</summary>
    private static List<Point> Thin(List<Point> points)
    {
        if (points.Count <= MostPoints)
        {
            return points;
        }

        var kept = new List<Point> { points[0] };
        var step = (points[^1].X - points[0].X) / (MostPoints - 2);
        foreach (var point in points.Skip(1).SkipLast(1))
        {
            if (point.X - points[0].X >= kept.Count * step && kept.Count < MostPoints - 1)
            {
                kept.Add(point);
            }
        }

        kept.Add(points[^1]);
        return kept;
    }
}
