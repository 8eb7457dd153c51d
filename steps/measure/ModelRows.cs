using Trainyard.Pipelines;

namespace Trainyard.Steps.Measure;

/// <summary>A prediction that counts, with its label.</summary>
/// <param name="Place">That of what was published among all that was.</param>
/// <param name="Label">As it was read: a code where labels are classes.</param>
/// <param name="IsReplayed">Whether it was published when the label could be known already.</param>
internal readonly record struct LiveRow(int Place, DateTimeOffset Cutoff, double Label, bool IsReplayed);

/// <summary>The rows that a model has answered.</summary>
internal sealed class ModelRows(string model)
{
    private readonly List<LiveRow> _rows = [];

    public string Model => model;

    public int Count => _rows.Count;

    public long Replayed => _rows.LongCount(row => row.IsReplayed);

    public IEnumerable<DateTimeOffset> Cutoffs => _rows.Select(row => row.Cutoff);

    public IEnumerable<double> Labels => _rows.Select(row => row.Label);

    /// <summary>Where what was published for them lies.</summary>
    public IReadOnlyList<int> Places => [.. _rows.Select(row => row.Place)];

    public void Add(LiveRow row) => _rows.Add(row);

    /// <summary>Those with a cutoff in a window.</summary>
    public ModelRows Within(Window window)
    {
        var some = new ModelRows(model);
        some._rows.AddRange(_rows.Where(row => window.Contains(row.Cutoff)));
        return some;
    }
}
