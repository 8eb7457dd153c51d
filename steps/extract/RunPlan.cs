using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Extract;

/// <summary>What a run is about to be: its as-of, and the definition with its files. A train run takes the definition
/// from the folder, a score run from its model's package.</summary>
internal sealed record RunPlan
{
    public required RunKind Kind { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required Definition Definition { get; init; }
    public required string DefinitionHash { get; init; }

    /// <summary>The definition's files by their names.</summary>
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }
    public required Operations Operations { get; init; }
    public required PipelineFolder Folder { get; init; }
    public ServedModel? Model { get; init; }

    /// <summary>Of a score run: what the blocks were like that its model was trained on; null where that is not
    /// known.</summary>
    public KnownBlocks? Known { get; init; }
    public int? Limit { get; init; }

    public RunShape Shape => RunShape.Of(Kind);

    /// <summary>Null where the table has no time.</summary>
    public Window? Window => Shape.WindowOf(Definition, AsOf);

    /// <summary>Until when rows are waited for that are not there yet. Of an as-of that is long past nobody
    /// waits.</summary>
    public DateTimeOffset Deadline => Definition.Clock.Add(AsOf, Operations.Inputs.Wait);

    /// <summary>The file of the query, as messages name it: in the folder, or as the model learned it.</summary>
    public string SqlFile =>
        Model is { } model ? $"{Shape.SqlOf(Definition.Rows)} of model '{model.Version}'" : Folder.SqlPath(Shape);

    /// <summary>The query in its window.</summary>
    public Query Query =>
        new(SqlTemplate.Fill(Utf8Text.Decode(Files[Shape.SqlOf(Definition.Rows)], SqlFile), Window), SqlFile);

    public static async Task<RunPlan> MakeAsync(StepContext context, ServedModel? model, CancellationToken cancel)
    {
        var folder = PipelineFolder.Load(context.PipelineFolder);
        DemandFolder(folder, context.Get(ExtractSettings.FolderHash));
        var kind = context.Get(ExtractSettings.Kind);
        var limit = context.Get(ExtractSettings.Limit) is > 0 and var rows ? rows : (int?)null;
        var shape = RunShape.Of(kind);
        if (!shape.TakesAnyModel && context.Get(ExtractSettings.Model) is not null)
        {
            throw Fault.Usage(
                "--model belongs to score runs: "
                    + (shape.NeedsModel ? "every other run is of the champion" : "a train run makes its own")
                    + ". Nothing was changed."
            );
        }

        if (shape.NeedsModel)
        {
            return await OfModelAsync(context, kind, folder, model, limit, cancel);
        }

        var files = folder.DefinitionFiles().ToDictionary(file => file.Name, file => File.ReadAllBytes(file.Path));
        var definition = folder.Spec.ToDefinition();
        return new RunPlan
        {
            Kind = kind,
            AsOf = AsOfOf(context, definition.Clock),
            Definition = definition,
            DefinitionHash = Hashes.OfDefinition(
                definition,
                files.Select(file => new DefinitionFile(file.Key, Hashes.Of(file.Value)))
            ),
            Files = files,
            Operations = folder.Spec.ToOperations(),
            Folder = folder,
            Limit = limit,
        };
    }

    /// <summary>The run as it is frozen.</summary>
    public RunFile ToRunFile(RunFolder run) =>
        new()
        {
            Format = RunFile.FormatOf(Kind, Definition, Operations),
            Pipeline = run.Pipeline,
            Run = run.Run,
            Kind = Kind,
            AsOf = AsOf,
            Window = Window,
            Definition = Definition,
            DefinitionFiles =
            [
                .. Files.Select(file => new StoredFile(file.Key, file.Value.Length, Hashes.Of(file.Value))),
            ],
            DefinitionHash = DefinitionHash,
            Operations = Operations,
            OperationsHash = Hashes.OfOperations(Operations),
            Model = Model,
            TrialLimit = Limit,
        };

    public static DateTimeOffset AsOfOf(StepContext context, Clock clock) =>
        context.AsOf is { } text
            ? Pipelines.AsOf.Parse(text, clock, context.Time.GetUtcNow())
            : throw Fault.Usage(
                $"{CommonSettings.AsOf.Name} is missing; looked on the command line, then in "
                    + $"{CommonSettings.AsOf.Variable}. Example: {CommonSettings.AsOf.Name} "
                    + $"{CommonSettings.AsOf.Example}"
            );

    /// <summary>The run as it is asked for; its as-of is null where the pipeline's clock would have to say what it
    /// means, and that may be what cannot be read.</summary>
    public static AskedRun AskedFor(StepContext context)
    {
        var (kind, isTrial) = (context.Get(ExtractSettings.Kind), context.Get(ExtractSettings.Limit) > 0);
        try
        {
            var (text, clock) = (context.AsOf ?? "", PipelineFolder.Read(context.PipelineFolder).Pipeline?.Spec.Clock);
            var asOf =
                clock is not null ? Pipelines.AsOf.Parse(text, clock, DateTimeOffset.MaxValue)
                : text.Contains(':', StringComparison.Ordinal)
                    ? Pipelines.AsOf.ParseInstant(text, new Clock(), DateTimeOffset.MaxValue)
                : (DateTimeOffset?)null;
            return new AskedRun(kind, asOf, isTrial);
        }
        catch (Exception unknown) when (unknown is Fault or IOException or UnauthorizedAccessException)
        {
            return new AskedRun(kind, null, isTrial);
        }
    }

    /// <summary>Whoever plans runs has seen another folder than the image holds: what he expects would not be what is
    /// trained.</summary>
    private static void DemandFolder(PipelineFolder folder, string? expected)
    {
        if (expected is not null && FolderHash.Of(folder) is var found && found != expected)
        {
            throw Fault.BadConfiguration(
                $"The pipeline's folder {folder.Folder} is not the one that the plan was made of: its hash is "
                    + $"{found}, the plan's {expected}. Make plan and images from one commit (make plan, make "
                    + "images). Nothing was changed."
            );
        }
    }

    private static async Task<RunPlan> OfModelAsync(
        StepContext context,
        RunKind kind,
        PipelineFolder folder,
        ServedModel? standing,
        int? limit,
        CancellationToken cancel
    )
    {
        var served = standing ?? await ServedModels.ResolveAsync(context, AsOfOf(context, folder.Spec.Clock), cancel);
        var package = new Package(context.Run.Store, context.Run.Pipeline, served.Version);
        var card = await ServedModels.ReadCardAsync(package, served, cancel);
        var files = new Dictionary<string, byte[]>();
        foreach (var (name, file) in card.DefinitionFiles())
        {
            files[name] = await package.ReadFileAsync(file, cancel);
        }

        if (RunShape.Of(kind).WhyNone(card.Definition) is { } why)
        {
            throw Fault.BadConfiguration(
                $"Pipeline '{context.Run.Pipeline}' has no {EnumText.Of(kind)} runs: {why}. Nothing was changed."
            );
        }

        return new RunPlan
        {
            Kind = kind,

            // The clock is part of what was learned; where the folder's is another by now, the model's counts.
            AsOf = AsOfOf(context, card.Definition.Clock),
            Definition = card.Definition,
            DefinitionHash = card.DefinitionHash,
            Files = files,
            Operations = folder.Spec.ToOperations(),
            Folder = folder,
            Model = served,
            Known = RunShape.Of(kind).ReadsOneBlock ? await KnownBlocks.ReadAsync(package, card, cancel) : null,
            Limit = limit,
        };
    }
}
