namespace Trainyard.Learning.Data;

/// <summary>A sum of many numbers that loses nothing on the way (Neumaier 1974): the mean of labels that lie close
/// together far from zero would.</summary>
public sealed class Sum
{
    private double _sum;
    private double _lost;

    /// <summary>What was added; not a number, or infinite, where some of it is.</summary>
    public double Value => double.IsFinite(_lost) ? _sum + _lost : _sum;

    public static double Of(IEnumerable<double> values)
    {
        var sum = new Sum();
        foreach (var value in values)
        {
            sum.Add(value);
        }

        return sum.Value;
    }

    /// <summary>The mean; not a number where there is nothing.</summary>
    public static double Mean(IReadOnlyCollection<double> values) => Of(values) / values.Count;

    public void Add(double value)
    {
        var sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }
}
