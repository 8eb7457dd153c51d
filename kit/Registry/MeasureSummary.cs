using System.Text.Json.Serialization;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary><c>measured.json</c> of the step measure: what predictions came to.</summary>
public sealed record MeasureSummary : IDocument
{
    /// <summary>How the name of its file begins.</summary>
    public const string Stem = "measured";

    public static IReadOnlyList<string> Formats => ["1.1.0"];

    public int Format { get; init; } = 1;

    /// <summary>The cutoffs of the rows.</summary>
    public required Window Cutoffs { get; init; }

    /// <summary>Predictions that were held against their labels.</summary>
    public required long Measured { get; init; }

    /// <summary>Those of them that were published when the label could be known already, by a model that had learned
    /// nothing at or after the cutoff.</summary>
    public required long Replayed { get; init; }

    /// <summary>Predictions whose labels have not arrived.</summary>
    public required long Unlabelled { get; init; }

    /// <summary>Labels of rows that were never predicted.</summary>
    public required long Unpublished { get; init; }

    /// <summary>Labels of rows that were only predicted by models that had learned from their time.</summary>
    public required long Hindsight { get; init; }

    /// <summary>The table that the labels are in; null for a trial.</summary>
    public string? Table { get; init; }

    /// <summary>Whether there was enough to tell chance from change.</summary>
    public required bool IsJudged { get; init; }

    /// <summary>What is wrong with the predictions, a sentence each; none where nothing is.</summary>
    public required IReadOnlyList<string> Alarms { get; init; }

    /// <summary>The alarm that stood in the run before; null where none did.</summary>
    public EarlierAlarm? Before { get; init; }

    /// <summary>Whether somebody must hear of it: of an alarm that stands people know since it began.</summary>
    [JsonIgnore]
    public bool IsBeginning => Alarms.Count > 0 && Before is null;

    /// <summary>Whether an alarm is over.</summary>
    [JsonIgnore]
    public bool IsOver => IsJudged && Alarms.Count == 0 && Before is not null;

    public required IReadOnlyList<Fact> Facts { get; init; }

    public required IReadOnlyList<Exhibit> Exhibits { get; init; }
}
