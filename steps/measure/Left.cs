using System.Text;

namespace Trainyard.Steps.Measure;

/// <summary>Rows that are not measured: how many, and the first of them.</summary>
internal sealed class Left
{
    private const int MostNamed = 5;
    private readonly List<string> _first = [];

    public long Rows { get; private set; }

    /// <summary>The keys and cutoffs of the first; null where there are none.</summary>
    public string? First =>
        _first.Count == 0 ? null : $"The first: {string.Join("; ", _first)}{(Rows > MostNamed ? "; …" : ".")}";

    /// <param name="identity">Cutoff and key, as UTF-8.</param>
    public void Add(IReadOnlyList<byte[]> identity)
    {
        if (Rows++ < MostNamed)
        {
            var fields = identity.Select(Encoding.UTF8.GetString).ToList();
            _first.Add($"{string.Join(", ", fields.Skip(1))} of {fields[0]}");
        }
    }
}
