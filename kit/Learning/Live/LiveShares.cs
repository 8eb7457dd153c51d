namespace Trainyard.Learning.Live;

/// <summary>Names with a number each, several a row: such as the probabilities of the likeliest classes.</summary>
public sealed class LiveShares
{
    private readonly LiveTexts _names = new();
    private readonly List<double> _values = [];
    private readonly List<int> _ends = [];

    public IReadOnlyList<string> Names => _names.Names;

    /// <summary>Those of the next row.</summary>
    public void Add(IEnumerable<KeyValuePair<string, double>> named)
    {
        foreach (var (name, value) in named)
        {
            _names.Add(name);
            _values.Add(value);
        }

        _ends.Add(_values.Count);
    }

    /// <summary>How many a row has.</summary>
    public int CountOf(int row) => _ends[row] - Begin(row);

    /// <summary>The number of a name in a row; null where the row has none.</summary>
    public double? Of(int row, int code)
    {
        for (var at = Begin(row); at < _ends[row]; at++)
        {
            if (_names.Codes[at] == code)
            {
                return _values[at];
            }
        }

        return null;
    }

    private int Begin(int row) => row == 0 ? 0 : _ends[row - 1];
}
