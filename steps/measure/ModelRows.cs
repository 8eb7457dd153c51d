using Trainyard.Pipelines;

namespace Trainyard.Steps.Measure;

/// <summary>The rows that a model has answered, with their labels: a few bytes each, for there may be
/// millions.</summary>
internal sealed class ModelRows(string model)
{
    private readonly Dictionary<DateTimeOffset, int> _codes = [];
    private readonly List<DateTimeOffset> _cutoffs = [];
    private readonly List<int> _cutoffOf = [];
    private readonly List<double> _labels = [];
    private readonly List<int> _places = [];
    private readonly List<bool> _replayed = [];

    public string Model => model;

    public int Count => _labels.Count;

    /// <summary>How many were published when the label could be known already.</summary>
    public long Replayed => _replayed.LongCount(replayed => replayed);

    public IEnumerable<DateTimeOffset> Cutoffs => _cutoffOf.Select(code => _cutoffs[code]);

    /// <summary>As they were read: codes where they are classes.</summary>
    public IReadOnlyList<double> Labels => _labels;

    /// <summary>Where what was published for them lies.</summary>
    public IReadOnlyList<int> Places => _places;

    /// <param name="place">That of what was published among all that was.</param>
    public void Add(int place, DateTimeOffset cutoff, double label, bool isReplayed)
    {
        if (!_codes.TryGetValue(cutoff, out var code))
        {
            _codes[cutoff] = code = _cutoffs.Count;
            _cutoffs.Add(cutoff);
        }

        _cutoffOf.Add(code);
        _labels.Add(label);
        _places.Add(place);
        _replayed.Add(isReplayed);
    }

    /// <summary>Those with a cutoff in a window.</summary>
    public ModelRows Within(Window window)
    {
        if (_cutoffs.TrueForAll(window.Contains))
        {
            return this;
        }

        var some = new ModelRows(model);
        for (var row = 0; row < Count; row++)
        {
            if (window.Contains(_cutoffs[_cutoffOf[row]]))
            {
                some.Add(_places[row], _cutoffs[_cutoffOf[row]], _labels[row], _replayed[row]);
            }
        }

        return some;
    }
}
