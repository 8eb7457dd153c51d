using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>A run's place in the store: <c>PIPELINE/runs/RUN/</c>, its files and its steps' folders.</summary>
public sealed partial class RunFolder
{
    /// <summary>The manifest of a whole step; a shard of one has its own.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>How the names of the notes begin that a failing step leaves in its folder.</summary>
    public const string FailureStem = "failed";

    public RunFolder(IStore store, string pipeline, string run)
    {
        if (!RunId().IsMatch(run))
        {
            throw Fault.Usage(
                $"'{run}' is not a run id: letters, digits, '.', '_' and '-', at most 120, a letter or digit first."
            );
        }

        (Store, Pipeline, Run) = (store, RequirePipelineName(pipeline), run);
    }

    public IStore Store { get; }

    public string Pipeline { get; }

    public string Run { get; }

    public string Root => $"{Pipeline}/runs/{Run}";

    public string RunFileName => $"{Root}/run.json";

    /// <summary>The folder of a step in the store.</summary>
    public string FolderOf(StepName step) => $"{Root}/{EnumText.Of(step)}";

    public string NameOf(StepName step, string file) => $"{FolderOf(step)}/{file}";

    /// <summary>The folder of the definition's files in the store.</summary>
    public string DefinitionFolder => $"{Root}/definition";

    public string DefinitionName(string file) => $"{DefinitionFolder}/{file}";

    /// <summary>The run as extract froze it; 66 where there is none yet.</summary>
    public async Task<RunFile> ReadRunAsync(CancellationToken cancel) =>
        await TryReadRunAsync(cancel)
        ?? throw Fault.MissingInput(
            $"There is no run '{Run}' of pipeline '{Pipeline}' in {Store.Uri}: run its extract step first."
        );

    public async Task<RunFile?> TryReadRunAsync(CancellationToken cancel) =>
        await Store.TryReadAsync(RunFileName, cancel) is { } bytes
            ? Sealed.Read<RunFile>(bytes, Store.UriOf(RunFileName))
            : null;

    /// <summary>A step's manifest; 66 where the step is not done.</summary>
    public async Task<StandingManifest> ReadManifestAsync(StepName step, CancellationToken cancel) =>
        await TryReadManifestAsync(step, cancel)
        ?? throw Fault.MissingInput(
            $"The step {EnumText.Of(step)} of run '{Run}' of pipeline '{Pipeline}' is not "
                + $"done in {Store.Uri}: run it first."
        );

    public Task<StandingManifest?> TryReadManifestAsync(StepName step, CancellationToken cancel) =>
        TryReadManifestAsync(step, ManifestFile, cancel);

    /// <summary>A step's manifest, or that of a shard of it.</summary>
    /// <param name="file">The manifest's name in the step's folder.</param>
    public async Task<StandingManifest?> TryReadManifestAsync(StepName step, string file, CancellationToken cancel)
    {
        var name = NameOf(step, file);
        if (await Store.TryReadAsync(name, cancel) is not { } bytes)
        {
            return null;
        }

        var manifest = Sealed.Read<Manifest>(bytes, Store.UriOf(name));
        return manifest.Pipeline == Pipeline && manifest.Run == Run && manifest.Step == step
            ? new StandingManifest(manifest, Store.UriOf(name), Convert.ToHexStringLower(SHA256.HashData(bytes)))
            : throw Fault.BadData(
                $"{Store.UriOf(name)} is the manifest of another step or run: "
                    + $"{manifest.Pipeline}/{manifest.Run}/{manifest.Step}. Nothing was changed; remove the run's "
                    + "folder and start a new run."
            );
    }

    /// <summary>Writes a step's manifest, or adopts the one that another attempt has written first.</summary>
    /// <param name="file">The manifest's name in the step's folder.</param>
    public async Task<StandingManifest> WriteManifestAsync(Manifest manifest, string file, CancellationToken cancel)
    {
        await Store.TryCreateAsync(NameOf(manifest.Step, file), Sealed.Bytes(manifest), cancel);
        return await TryReadManifestAsync(manifest.Step, file, cancel)
            ?? throw Fault.MissingInput(
                $"{Store.UriOf(NameOf(manifest.Step, file))} was written and is gone: somebody removes files "
                    + "of this run."
            );
    }

    /// <summary>Whether an object in the store is a run's: people may leave things of their own beside them.</summary>
    public static bool Holds(StoreEntry entry) => entry.Name.Split('/') is [_, "runs", var run, _, ..] && IsRunId(run);

    /// <summary>Whether an object in the store is the note of a step that failed.</summary>
    public static bool IsFailure(string name) =>
        name.Split('/') is [_, "runs", _, _, var file]
        && file.StartsWith($"{FailureStem}-", StringComparison.Ordinal)
        && file.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>Reads such a note; null where it has gone meanwhile.</summary>
    public async Task<StepFailure?> TryReadFailureAsync(string name, CancellationToken cancel) =>
        await Store.TryReadAsync(name, cancel) is { } bytes ? Sealed.Read<StepFailure>(bytes, Store.UriOf(name)) : null;

    /// <summary>Opens a file that a manifest or card vouches for. Its size and SHA-256 are checked when the end is
    /// read; a difference is 65.</summary>
    /// <param name="folder">The folder in the store that <see cref="StoredFile.File"/> is relative to.</param>
    public static async Task<Stream> OpenVerifiedAsync(
        IStore store,
        string folder,
        StoredFile file,
        CancellationToken cancel
    )
    {
        var name = $"{folder}/{file.File}";
        return new VerifyingStream(await store.OpenReadAsync(name, cancel), store.UriOf(name), file);
    }

    /// <summary>Reads such a file whole.</summary>
    public static async Task<byte[]> ReadVerifiedAsync(
        IStore store,
        string folder,
        StoredFile file,
        CancellationToken cancel
    )
    {
        await using var stream = await OpenVerifiedAsync(store, folder, file, cancel);
        return await stream.ReadWholeAsync(cancel);
    }

    /// <summary>Opens a part of a step's dataset, checked like <see cref="OpenVerifiedAsync"/>, and unpacked where
    /// its name ends with <c>.gz</c>.</summary>
    public async Task<Stream> OpenPartAsync(StepName step, DatasetPart part, CancellationToken cancel)
    {
        var stored = await OpenVerifiedAsync(
            Store,
            FolderOf(step),
            new StoredFile(part.File, part.Bytes, part.Sha256),
            cancel
        );
        return Compressed.Is(part.File) ? Compressed.Unpack(stored, Store.UriOf(NameOf(step, part.File))) : stored;
    }

    /// <summary>Starts a part of a step's dataset, which is packed where its name ends with <c>.gz</c>.</summary>
    public async Task<StoreWriter> CreatePartAsync(StepName step, string file, CancellationToken cancel)
    {
        var stored = await Store.OpenWriteAsync(NameOf(step, file), cancel);
        return Compressed.Is(file) ? new Compressed.Writer(stored) : stored;
    }

    public static bool IsRunId(string text) => RunId().IsMatch(text);

    public static bool IsPipelineName(string text) => PipelineName().IsMatch(text);

    /// <summary>The name as it is; 64 where it cannot be a pipeline's.</summary>
    public static string RequirePipelineName(string text) =>
        IsPipelineName(text)
            ? text
            : throw Fault.Usage(
                $"'{text}' is not a pipeline's name: lower case letters, digits and underscores, at most 40, a letter "
                    + "first."
            );

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,119}\z")]
    private static partial Regex RunId();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex PipelineName();
}

/// <summary>A manifest as it stands in the store, with its URI and the SHA-256 of its bytes.</summary>
public sealed record StandingManifest(Manifest Value, string Uri, string Sha256)
{
    public ManifestInput AsInput => new(Uri, Sha256);
}
