using System.Text.Json;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary>A trial of options that has ended, as a run's folder holds it.</summary>
public sealed record KeptTrial : IDocument
{
    public static IReadOnlyList<string> Formats => ["1.1.0"];

    public int Format { get; init; } = 1;
    public required string Pipeline { get; init; }
    public required string Run { get; init; }
    public required Producer Producer { get; init; }

    /// <summary>For people: what it is of is in its name.</summary>
    public required JsonElement Options { get; init; }
    public required TrialResult Result { get; init; }
}
