using Trainyard.Registry;

namespace Trainyard.Steps.Report;

/// <summary>The exhibits of a page by their sections, under ids that are each its own.</summary>
public sealed class Exhibition
{
    /// <summary>The page's own charts.</summary>
    public const string Verdict = "metric";

    public const string Timeline = "timeline";

    private readonly ILookup<bool, Exhibit> _bySection;

    /// <param name="exhibits">Those of a card or a summary, in their order.</param>
    public Exhibition(IEnumerable<Exhibit> exhibits)
    {
        var taken = new HashSet<string> { Verdict, Timeline };
        All = [.. exhibits.Select(exhibit => exhibit with { Id = Free(exhibit.Id, taken) })];
        _bySection = All.ToLookup(exhibit => exhibit.Section == Sections.Inputs);
    }

    public IReadOnlyList<Exhibit> All { get; }

    /// <summary>What the model looks at.</summary>
    public IEnumerable<Exhibit> Inputs => _bySection[true];

    /// <summary>All others: a section that is unknown here must not hide what stands in it.</summary>
    public IEnumerable<Exhibit> Others => _bySection[false];

    /// <summary>Whether this version cannot draw it.</summary>
    public static bool IsUnknown(Exhibit exhibit) => exhibit.GetType() == typeof(Exhibit);

    private static string Free(string id, HashSet<string> taken)
    {
        var free = id;
        for (var number = 2; !taken.Add(free); number++)
        {
            free = $"{id}-{number}";
        }

        return free;
    }
}
