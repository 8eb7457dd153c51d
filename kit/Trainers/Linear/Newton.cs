namespace Trainyard.Trainers.Linear;

/// <summary>Newton's method, its equations solved by conjugate gradients (as LIBLINEAR and scikit-learn's newton-cg
/// do): they need only products with rows, so neither a matrix of all pairs of columns nor a wide table is
/// made.</summary>
internal static class Newton
{
    private const int MostSteps = 100;
    private const int MostSolving = 500;
    private const int MostHalvings = 40;

    /// <summary>How much of the gain that the slope promises a step must have.</summary>
    private const double LeastGain = 1e-4;

    /// <param name="penalty">Half of it times the squares of weights is added to the losses.</param>
    /// <param name="enough">What a further step would gain at least, as a share of the losses at the start.</param>
    public static double[] Minimize(Problem problem, double[] start, double penalty, double enough)
    {
        var weights = (double[])start.Clone();
        var scores = problem.Multiply(weights);
        var value = problem.Value(scores) + Penalty(problem, weights, penalty);
        var scale = Math.Abs(problem.Value(problem.Multiply(problem.Start())));
        var bends = new double[scores.Length];
        double? first = null;
        for (var step = 0; step < MostSteps; step++)
        {
            var slope = problem.Slope(scores, bends);
            AddPenalty(problem, slope, weights, penalty);
            var own = problem.OwnBends(bends);
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = own[i] + (i < problem.Penalized ? penalty : 0) is > 0 and var bend ? bend : 1;
            }

            var size = Math.Sqrt(Dot(slope, slope, own));
            first ??= size;
            if (size == 0)
            {
                break;
            }

            var way = Solve(problem, slope, own, bends, penalty, Math.Min(0.1, Math.Sqrt(size / first.Value)) * size);
            var gain = -Dot(slope, way);
            if (!(gain > enough * scale))
            {
                break;
            }

            if (!Go(problem, ref weights, ref scores, ref value, way, gain, penalty))
            {
                break;
            }
        }

        return weights;
    }

    /// <summary>The way from here to where the slope would be 0, if it bent everywhere as it does here.</summary>
    /// <param name="enough">How small what is left of the slope must be.</param>
    private static double[] Solve(
        Problem problem,
        double[] slope,
        double[] own,
        double[] bends,
        double penalty,
        double enough
    )
    {
        var (way, bent) = (new double[slope.Length], new double[slope.Length]);
        double[] left = [.. slope.Select(each => -each)];
        double[] direction = [.. left.Zip(own, (each, bend) => each / bend)];
        var size = Dot(left, left, own);
        for (var turn = 0; turn < MostSolving && Math.Sqrt(size) > enough; turn++)
        {
            problem.Bend(bends, direction, bent);
            AddPenalty(problem, bent, direction, penalty);
            var curve = Dot(direction, bent);
            if (!(curve > 0))
            {
                break;
            }

            var length = size / curve;
            for (var i = 0; i < way.Length; i++)
            {
                way[i] += length * direction[i];
                left[i] -= length * bent[i];
            }

            var next = Dot(left, left, own);
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] = (left[i] / own[i]) + (next / size * direction[i]);
            }

            size = next;
        }

        return way;
    }

    /// <summary>Goes the way, or a half of it, or a half of that; false where nothing is gained by it.</summary>
    private static bool Go(
        Problem problem,
        ref double[] weights,
        ref double[] scores,
        ref double value,
        double[] way,
        double gain,
        double penalty
    )
    {
        var change = problem.Multiply(way);
        var length = 1.0;
        for (var halving = 0; halving < MostHalvings; halving++, length /= 2)
        {
            var (tried, given) = (Moved(weights, way, length), Moved(scores, change, length));
            var reached = problem.Value(given) + Penalty(problem, tried, penalty);
            if (reached <= value - (LeastGain * length * gain))
            {
                (weights, scores, value) = (tried, given, reached);
                return true;
            }
        }

        return false;
    }

    private static double[] Moved(double[] from, double[] way, double length)
    {
        var moved = new double[from.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = from[i] + (length * way[i]);
        }

        return moved;
    }

    private static double Penalty(Problem problem, double[] weights, double penalty)
    {
        var sum = 0.0;
        foreach (var weight in weights.AsSpan(0, problem.Penalized))
        {
            sum += weight * weight;
        }

        return penalty / 2 * sum;
    }

    private static void AddPenalty(Problem problem, double[] slope, double[] weights, double penalty)
    {
        for (var i = 0; i < problem.Penalized; i++)
        {
            slope[i] += penalty * weights[i];
        }
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    /// <summary>The same where each product counts by a divisor of its own.</summary>
    private static double Dot(double[] one, double[] other, double[] divisors)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i] / divisors[i];
        }

        return sum;
    }
}
