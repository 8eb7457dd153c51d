using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>A run whose steps have ended, well or not.</summary>
internal sealed record EndedRun(RunKind Kind, RunFolder Run, IReadOnlyDictionary<StepName, StepResult> Steps)
{
    /// <summary>The last words of the step that failed, if one has.</summary>
    public string? Sentence =>
        Steps.Values.Select(result => result.Sentence).FirstOrDefault(sentence => sentence is not null);

    public ExitCode Code => Steps.Values.Select(result => result.Code).FirstOrDefault(code => code != ExitCode.Done);

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
