using System.Security.Cryptography;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary>A package's place in the store: <c>PIPELINE/models/VERSION/</c>.</summary>
public sealed class Package(IStore store, string pipeline, string version)
{
    public const string CardFile = "card.json";

    public IStore Store { get; } = store;

    public string Version { get; } = version;

    public string Root => $"{pipeline}/models/{Version}";

    /// <summary>The card, and the SHA-256 of its bytes; 66 where there is no such model.</summary>
    public async Task<(Card Card, string Sha256)> ReadCardAsync(CancellationToken cancel)
    {
        var name = $"{Root}/{CardFile}";
        var bytes = await Store.TryReadAsync(name, cancel) ?? throw await MissingAsync(cancel);
        var card = Sealed.Read<Card>(bytes, Store.UriOf(name));
        return card.Pipeline == pipeline && card.Version == Version
            ? (card, Convert.ToHexStringLower(SHA256.HashData(bytes)))
            : throw Fault.BadData(
                $"{Store.UriOf(name)} is the card of another model: {card.Pipeline}/{card.Version}. Nothing was "
                    + "changed; "
                    + "put the model's own card back, or train again."
            );
    }

    private async Task<Fault> MissingAsync(CancellationToken cancel)
    {
        var hint = Nearest.Hint(Version, await ListAsync(Store, pipeline, cancel));
        return Fault.MissingInput(
            $"There is no model '{Version}' of pipeline '{pipeline}' in {Store.Uri}.{hint} Nothing was changed."
        );
    }

    /// <summary>Writes the card last, or adopts the one that another attempt has written first.</summary>
    public async Task<(Card Card, string Sha256)> WriteCardAsync(Card card, CancellationToken cancel)
    {
        await Store.TryCreateAsync($"{Root}/{CardFile}", Sealed.Bytes(card), cancel);
        return await ReadCardAsync(cancel);
    }

    /// <summary>The file of the package that a stem names, such as <c>model</c>; between it and the extension stands
    /// the attempt that wrote it.</summary>
    public static StoredFile FileOf(Card card, string stem) =>
        card.Files.Of(stem)
        ?? throw Fault.BadData(
            $"The package of model '{card.Version}' has no {stem}. Nothing was changed; train again."
        );

    /// <summary>Reads a file of the package whole, checked against the card.</summary>
    public Task<byte[]> ReadFileAsync(StoredFile file, CancellationToken cancel) =>
        RunFolder.ReadVerifiedAsync(Store, Root, file, cancel);

    /// <summary>The versions that have a card, in ordinal order.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(IStore store, string pipeline, CancellationToken cancel)
    {
        var versions = new List<string>();
        await foreach (var entry in store.ListAsync($"{pipeline}/models/", cancel))
        {
            if (entry.Name.Split('/') is [_, _, var version, CardFile])
            {
                versions.Add(version);
            }
        }

        return versions;
    }

    /// <summary>The versions that have a card, the greatest as-of first and of one as-of the last trained first: the
    /// first is what <c>--model latest</c> means.</summary>
    public static async Task<IReadOnlyList<string>> ListNewestFirstAsync(
        IStore store,
        string pipeline,
        CancellationToken cancel
    )
    {
        var cards = new List<Card>();
        foreach (var version in await ListAsync(store, pipeline, cancel))
        {
            cards.Add((await new Package(store, pipeline, version).ReadCardAsync(cancel)).Card);
        }

        return
        [
            .. cards
                .OrderByDescending(card => card.AsOf)
                .ThenByDescending(card => card.TrainedAt)
                .Select(card => card.Version),
        ];
    }
}
