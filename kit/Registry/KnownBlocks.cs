using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary><c>blocks-….json</c> of a package: what the blocks of the train window, one <c>every</c> each, were like,
/// for whoever asks whether the block of a score run is like them. None where the table has no time.</summary>
public sealed record KnownBlocks : IDocument
{
    /// <summary>How the name of its file begins.</summary>
    public const string Stem = "blocks";

    public static IReadOnlyList<string> Formats => ["1.1.0"];

    public int Format { get; init; } = 1;

    /// <summary>How many rows they had, by season.</summary>
    public required IReadOnlyList<SeasonRows> Rows { get; init; }

    /// <summary>How far their inputs lay from each other; null where nobody looked.</summary>
    public KnownMoves? Moves { get; init; }

    /// <summary>Those of a package; null where it has none.</summary>
    public static async Task<KnownBlocks?> ReadAsync(Package package, Card card, CancellationToken cancel) =>
        card.Files.Of(Stem) is { } file
            ? Documents.Read<KnownBlocks>(
                await package.ReadFileAsync(file, cancel),
                package.Store.UriOf($"{package.Root}/{file.File}")
            )
            : null;
}
