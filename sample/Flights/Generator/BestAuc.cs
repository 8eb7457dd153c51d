namespace Trainyard.Sample.Flights.Generator;

/// <summary>The area under the ROC curve of the knowable probabilities: the best that any honest model can reach on
/// these rows.</summary>
internal sealed class BestAuc
{
    private readonly List<float> _late = [];
    private readonly List<float> _onTime = [];

    public void Add(double probability, bool late) => (late ? _late : _onTime).Add((float)probability);

    public double BaseRate => (double)_late.Count / Math.Max(1, _late.Count + _onTime.Count);

    /// <summary>The share of pairs of a late and a punctual flight that are in the right order; ties count half. NaN
    /// without pairs.</summary>
    public double Compute()
    {
        _late.Sort();
        _onTime.Sort();
        var (below, upTo, wins) = (0, 0, 0.0);
        foreach (var probability in _late)
        {
            while (below < _onTime.Count && _onTime[below] < probability)
            {
                below++;
            }

            while (upTo < _onTime.Count && _onTime[upTo] <= probability)
            {
                upTo++;
            }

            wins += (below + upTo) / 2.0;
        }

        return wins / _late.Count / _onTime.Count;
    }
}
