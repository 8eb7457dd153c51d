using System.Text.Json.Serialization;
using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>
/// <c>run.json</c>: what a run is, frozen by extract when its parts are complete. Later steps read it instead of the
/// pipeline's folder, so a deployment in the middle changes nothing.
/// </summary>
public sealed record RunFile : IDocument
{
    /// <summary>A new one for each version whose specs can say more: who does not know a key would not know what to
    /// do.</summary>
    public static IReadOnlyList<string> Formats => SpecForm.Versions;

    public int Format { get; init; } = 1;
    public required string Pipeline { get; init; }
    public required string Run { get; init; }
    public required RunKind Kind { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Null where the table has no time.</summary>
    public Window? Window { get; init; }

    /// <summary>What is learned: from the folder in a train run, from the champion's package in a score run.</summary>
    [JsonConverter(typeof(SpecForm.Converter<Definition>))]
    public required Definition Definition { get; init; }

    /// <summary>The files of the definition, in the run's folder <c>definition/</c>: the SQL, and the DLLs of C#
    /// features.</summary>
    public required IReadOnlyList<StoredFile> DefinitionFiles { get; init; }

    /// <summary>SHA-256 over what the definition says and its files, by the version that froze the run; to compare
    /// it, ask <see cref="IsOf"/>.</summary>
    public required string DefinitionHash { get; init; }

    [JsonConverter(typeof(SpecForm.Converter<Operations>))]
    public required Operations Operations { get; init; }

    /// <summary>SHA-256 over the operations.</summary>
    public required string OperationsHash { get; init; }

    /// <summary>In a score run: the model it scores with, resolved once.</summary>
    public ServedModel? Model { get; init; }

    /// <summary>A trial reads at most so many rows; it never promotes or publishes.</summary>
    public int? TrialLimit { get; init; }

    [JsonIgnore]
    public bool IsTrial => TrialLimit is not null;

    /// <summary>The oldest format that can hold them.</summary>
    public static int FormatOf(RunKind kind, Definition definition, Operations operations) =>
        Documents.FormatOf<RunFile>(
            RunShape.Of(kind).Since,
            SpecForm.VersionOf(definition),
            SpecForm.VersionOf(operations)
        );

    /// <summary>Whether what the run learns, or what its model has learned, has this hash. The hash of an older kind is
    /// taken again from the definition and its files: as if its defaults were not said, or as if all were.</summary>
    public bool IsOf(string definitionHash) =>
        DefinitionHash == definitionHash
        || (
            !Hashes.IsOfThisKind(DefinitionHash)
            && (
                Hashes.OfReleased(Definition, HashedFiles()) == definitionHash
                || Hashes.OfDefinition(Definition, HashedFiles()) == definitionHash
            )
        );

    /// <summary>Models are compared only where it is equal.</summary>
    public string ComparableHash() => Hashes.OfComparable(Definition, HashedFiles());

    private IEnumerable<DefinitionFile> HashedFiles() =>
        DefinitionFiles.Select(file => new DefinitionFile(file.File, file.Sha256));
}

/// <summary>The model of a score run.</summary>
/// <param name="Version">The model's version, which is its train run's id.</param>
/// <param name="CardSha256">The SHA-256 of the package's card, which vouches for the rest of the package.</param>
/// <param name="Override">Whether it was named by <c>--model</c> and is perhaps no champion: its predictions are not
/// in the view <c>_current</c>.</param>
/// <param name="EffectiveAsOf">As a champion: since when it is.</param>
public sealed record ServedModel(string Version, string CardSha256, bool Override, DateTimeOffset? EffectiveAsOf);
