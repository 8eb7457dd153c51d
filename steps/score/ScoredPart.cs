using System.Text.Json.Serialization;
using Trainyard.Learning.Scoring;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>A part of the predictions, and what the summary of the run needs to know of it.</summary>
internal sealed record ScoredPart
{
    /// <summary>The place of the features' part that it answers.</summary>
    public required int Number { get; init; }

    public required DatasetPart Part { get; init; }

    /// <summary>Its rows in the tables beside that of predictions, by what those are called.</summary>
    public IReadOnlyDictionary<string, DatasetPart>? Sides { get; init; }

    /// <summary>Where answers are classes: how many rows each has, in the card's order.</summary>
    public IReadOnlyList<long>? Answered { get; init; }

    /// <summary>Rows that count, as the task says; 0 where it counts none.</summary>
    public required long Positives { get; init; }

    /// <summary>Rows that the model has learned, or whose time it has.</summary>
    public required long Hindsight { get; init; }

    /// <summary>The sum of the predictions.</summary>
    public required double Sum { get; init; }

    /// <summary>The predictions in the bins of the card's histogram.</summary>
    public required IReadOnlyList<long> Scores { get; init; }

    public required IReadOnlyList<InputCount> Inputs { get; init; }

    public required IReadOnlyList<TopRow> Highest { get; init; }

    /// <summary>Null where none of its rows is explained.</summary>
    public ExplainedPart? Reasons { get; init; }

    /// <summary>All that was written of it.</summary>
    [JsonIgnore]
    public IEnumerable<DatasetPart> Files =>
        [Part, .. Sides?.Values ?? [], .. Reasons is { } reasons ? new[] { reasons.Part } : []];

    /// <summary>What parts have beside the predictions, as a manifest names it: what none names does not
    /// exist.</summary>
    public static IEnumerable<StoredFile> BesideOf(IEnumerable<ScoredPart> parts) =>
        parts.SelectMany(part => part.Files.Skip(1)).Select(part => new StoredFile(part.File, part.Bytes, part.Sha256));
}
