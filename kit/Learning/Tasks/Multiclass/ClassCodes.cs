namespace Trainyard.Learning.Tasks.Multiclass;

/// <summary>Two codings of classes: a model's own, which has those it has learned, and that of the labels it is held
/// against, which may have others. What the labels do not have gets codes after theirs.</summary>
internal sealed class ClassCodes
{
    private readonly int[] _asked;
    private readonly int[] _own;

    public ClassCodes(IReadOnlyList<string> own, IReadOnlyList<string> asked)
    {
        string[] names = [.. asked.Concat(own).Distinct(StringComparer.Ordinal)];
        var codeOf = names.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        _asked = [.. own.Select(name => codeOf[name])];
        _own = new int[names.Length];
        Array.Fill(_own, -1);
        foreach (var (code, place) in _asked.Index().Select(each => (each.Item, each.Index)))
        {
            _own[code] = place;
        }

        Names = names;
    }

    /// <summary>All classes by the codes of labels.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The code among labels of one of the model's.</summary>
    public int Asked(int own) => _asked[own];

    /// <summary>The model's of a code among labels; −1 where it has not learned that class.</summary>
    public int Own(int asked) => _own[asked];
}
