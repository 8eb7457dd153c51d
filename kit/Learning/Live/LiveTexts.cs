namespace Trainyard.Learning.Live;

/// <summary>Texts by their codes, in the order in which they were first seen.</summary>
internal sealed class LiveTexts
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    public List<int> Codes { get; } = [];

    public List<string> Names { get; } = [];

    public void Add(string text)
    {
        if (!_codes.TryGetValue(text, out var code))
        {
            _codes[text] = code = Names.Count;
            Names.Add(text);
        }

        Codes.Add(code);
    }
}
