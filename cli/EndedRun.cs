using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>A run whose steps have ended, well or not.</summary>
/// <param name="Steps">Those that have ended so far, in their order.</param>
internal sealed record EndedRun(RunKind Kind, RunFolder Run, IReadOnlyDictionary<StepName, StepResult> Steps)
{
    /// <summary>The last words of the step that failed, if one has.</summary>
    public string? Sentence =>
        Steps.Values.Select(result => result.Sentence).FirstOrDefault(sentence => sentence is not null);

    public ExitCode Code => Steps.Values.Select(result => result.Code).FirstOrDefault(code => code != ExitCode.Done);

    /// <summary>Whether it has come to its end.</summary>
    public bool IsWhole => ManifestOf(StepName.Report) is not null;

    /// <summary>What stands of it although it has not come to its end, in sentences.</summary>
    public IEnumerable<string> Standing =>
        Steps
            .Where(step => step.Value is { Manifest: not null, AlreadyDone: false })
            .Select(step =>
                step.Key switch
                {
                    StepName.Extract => $"Run '{Run.Run}' is frozen, and stays.",
                    var own when own == RunShape.Of(Kind).Purpose => step.Value.Manifest!.Sentence,
                    _ => null,
                }
            )
            .OfType<string>();

    public Manifest? ManifestOf(StepName step) => Steps.GetValueOrDefault(step)?.Manifest;

    /// <summary>Where the report is.</summary>
    public string? ReportUri =>
        ManifestOf(StepName.Report)?.Files.Of(Manifest.ReportStem) is { } file
            ? Run.Store.UriOf(Run.NameOf(StepName.Report, file.File))
            : null;

    public JsonObject ToJson() =>
        new()
        {
            ["run"] = Run.Run,
            ["kind"] = EnumText.Of(Kind),
            ["exit_code"] = (int)Code,
            ["sentence"] = Sentence,
            ["report"] = ReportUri,
            ["steps"] = new JsonArray([
                .. Steps.Values.Select(result => JsonSerializer.SerializeToNode(result.Manifest, Json.Options)),
            ]),
        };
}
