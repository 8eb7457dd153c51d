namespace Trainyard.Pipelines;

/// <summary>The rows a run reads: those with <c>From &lt; cutoff &lt;= To</c>.</summary>
public sealed record Window(DateTimeOffset From, DateTimeOffset To)
{
    public bool Contains(DateTimeOffset cutoff) => From < cutoff && cutoff <= To;

    /// <summary>What others leave of it, earliest first; they may lie over one another.</summary>
    public IEnumerable<Window> Minus(IEnumerable<Window> others)
    {
        var from = From;
        foreach (var other in others.Where(other => other.From < other.To).OrderBy(other => other.From))
        {
            if (other.From >= To)
            {
                break;
            }

            if (other.From > from)
            {
                yield return new Window(from, other.From);
            }

            from = other.To > from ? other.To : from;
        }

        if (from < To)
        {
            yield return new Window(from, To);
        }
    }
}
