namespace Trainyard.Pipelines;

/// <summary>The rows a run reads: those with <c>From &lt; cutoff &lt;= To</c>.</summary>
public sealed record Window(DateTimeOffset From, DateTimeOffset To)
{
    public bool Contains(DateTimeOffset cutoff) => From < cutoff && cutoff <= To;
}
