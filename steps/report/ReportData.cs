using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Report;

/// <summary>All that a page is drawn from.</summary>
public sealed record ReportData
{
    public required RunFile Run { get; init; }

    /// <summary>The run's place, for a person.</summary>
    public required string RunUri { get; init; }

    /// <summary>The manifests that stand, in the order of the steps.</summary>
    public required IReadOnlyList<StandingManifest> Manifests { get; init; }

    /// <summary>The model's card: the run's own, or in a score run that of the model it scored with.</summary>
    public Card? Card { get; init; }

    /// <summary>The card's URI and hash.</summary>
    public ManifestInput? CardSource { get; init; }

    /// <summary>Of a train run: what was decided, as the promotions log has it; a trial's stands in its
    /// manifest.</summary>
    public Decided? Decided { get; init; }

    /// <summary>Of a score run that had rows.</summary>
    public ScoreSummary? Summary { get; init; }

    /// <summary>Of a measure run that had rows.</summary>
    public MeasureSummary? Measured { get; init; }

    public ManifestInput? SummarySource { get; init; }

    /// <summary>How the inputs of earlier runs had moved, the oldest first.</summary>
    public IReadOnlyList<MovedRun> Earlier { get; init; } = [];

    /// <summary>The query, with its file's name; the other files of a definition are not text.</summary>
    public required string SqlFile { get; init; }

    public required string Sql { get; init; }

    public required long BytesRead { get; init; }

    public RunShape Shape => RunShape.Of(Run.Kind);

    public Definition Definition => Run.Definition;

    /// <summary>What there is to look at: of a train run the model's exhibits, of a score run those of its
    /// predictions.</summary>
    public Exhibition Exhibition =>
        field ??= new Exhibition((Shape.NeedsModel ? Summary?.Exhibits ?? Measured?.Exhibits : Card?.Exhibits) ?? []);

    public Times Times => new(Run.Definition.Clock);

    /// <summary>The first step that found nothing to do; the steps after it may be missing.</summary>
    public Manifest? NothingToDo =>
        Manifests.FirstOrDefault(manifest => manifest.Value.ExitCode == ExitCode.NothingToDo)?.Value;

    public IReadOnlyList<ManifestInput> Inputs =>
        [
            .. Manifests.Select(manifest => manifest.AsInput),
            .. new[] { CardSource, SummarySource }.OfType<ManifestInput>(),
        ];

    public Manifest? Of(StepName step) => Manifests.FirstOrDefault(manifest => manifest.Value.Step == step)?.Value;

    /// <summary>How many rows a score run has beside others; null where that is not known.</summary>
    public RowsTold? RowsTold => Of(StepName.Extract) is { } extract ? RowsTold.In(extract.Details) : null;

    /// <summary>The title: the question of the pipeline, or its name where nobody has written one.</summary>
    public string Title => Run.Operations.About ?? $"Pipeline {Run.Pipeline}";
}
