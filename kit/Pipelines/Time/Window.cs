namespace Trainyard.Pipelines;

/// <summary>The rows a run reads: those with <c>From &lt; cutoff &lt;= To</c>.</summary>
public sealed record Window(DateTimeOffset From, DateTimeOffset To)
{
    public bool Contains(DateTimeOffset cutoff) => From < cutoff && cutoff <= To;

    /// <summary>
    /// The window of a run. Train: labels are mature, so <c>To = as-of − known_after</c> and <c>From = To −
    /// history</c>.
    /// Score: what has come since the as-of before, so that every row is in the window of one as-of.
    /// </summary>
    public static Window Of(Definition definition, RunKind kind, DateTimeOffset asOf)
    {
        var clock = definition.Clock;
        if (kind == RunKind.Score)
        {
            return new Window(clock.Previous(asOf), asOf);
        }

        var to = definition.Label?.KnownAfter is { } knownAfter ? clock.Ago(asOf, knownAfter) : asOf;
        return new Window(clock.Subtract(to, definition.Rows.History), to);
    }
}
