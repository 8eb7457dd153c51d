using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>The reasons of a part's rows.</summary>
internal sealed record ExplainedPart
{
    public required DatasetPart Part { get; init; }

    /// <summary>Where not all rows are explained: the answers of those that are, in their order. A shard explains as
    /// many as the whole run asks for, for it does not know the others' answers.</summary>
    public IReadOnlyList<double>? Rankings { get; init; }

    /// <summary>How many reasons each of those has.</summary>
    public IReadOnlyList<int>? Counts { get; init; }
}
