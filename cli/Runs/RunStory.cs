using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>A run as the store tells it: what it was, how far each step came, and what it has failed of.</summary>
/// <param name="Failures">Those that no later success of the step has superseded, the newest last.</param>
/// <param name="Model">Of a train run: what was decided of its model.</param>
/// <param name="Touched">When something was last written in it.</param>
internal sealed record RunStory(
    RunFolder Run,
    RunFile? File,
    IReadOnlyList<StandingManifest> Done,
    IReadOnlyList<StepFailure> Failures,
    ModelStanding? Model,
    DateTimeOffset Touched
)
{
    /// <summary>Why nothing of it can be read: a file in it is damaged, or a later version's.</summary>
    public string? Unreadable { get; init; }

    public bool IsFinished => Done.Any(manifest => manifest.Value.Step == StepName.Report);

    /// <summary>What the run has failed of; null where it goes on, or is finished.</summary>
    public StepFailure? Failure => IsFinished || Failures.Count == 0 ? null : Failures[^1];

    public bool IsThere => Touched != default;

    public bool IsTrial => File?.IsTrial ?? Failure is { IsTrial: true };

    public string State =>
        Unreadable is not null ? "unreadable"
        : IsFinished ? "finished"
        : Failure is { } failure ? $"{EnumText.Of(failure.Step)} failed ({(int)failure.ExitCode})"
        : Done.Count == 0 ? "begun"
        : $"after {EnumText.Of(Done[^1].Value.Step)}";

    public RunKind? Kind => File?.Kind ?? Failure?.Kind;

    public DateTimeOffset? AsOf => File?.AsOf ?? Failure?.AsOf;

    public string AsOfText =>
        File is not null
            ? File.Definition.Clock.Local(File.AsOf).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : AsOf is { } asOf ? asOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)
        : "";

    /// <summary>When its last step ended: so far as it is known, when something was last written.</summary>
    public DateTimeOffset EndedAt => Touched;

    /// <summary>What came of it, as it is now.</summary>
    public string LastSentence => Unreadable ?? Failure?.Sentence ?? ModelSentence ?? StepSentence;

    /// <summary>What the last step said; that there is a report goes without saying.</summary>
    public string StepSentence =>
        Done.LastOrDefault(manifest => manifest.Value.Step != StepName.Report)?.Value.Sentence ?? "";

    /// <summary>The verdict as it stands now, with who decided it where that was a person.</summary>
    public string? ModelSentence =>
        Model is not { Decided: { } decided } model ? null
        : decided.Who == $"train run {Run.Run}" ? $"The model is {model.Word}: {decided.Why}"
        : $"The model is {model.Word} (by {decided.Who}): {decided.Why}";

    public JsonObject ToJson() =>
        new()
        {
            ["run"] = Run.Run,
            ["state"] = State,
            ["unreadable"] = Unreadable,
            ["file"] = JsonSerializer.SerializeToNode(File, Json.Options),
            ["model"] = Model?.Word,
            ["failures"] = new JsonArray([
                .. Failures.Select(failure => JsonSerializer.SerializeToNode(failure, Json.Options)),
            ]),
            ["steps"] = new JsonArray([
                .. Done.Select(manifest => JsonSerializer.SerializeToNode(manifest.Value, Json.Options)),
            ]),
        };
}
