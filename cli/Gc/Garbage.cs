using System.Text.Json.Nodes;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary>What can go from the store, and why the rest stays is <see cref="GarbageSearch"/>'s affair.</summary>
internal sealed record Garbage(
    DateTimeOffset Before,
    IReadOnlyList<OldFolder> Runs,
    IReadOnlyList<OldFolder> Models,
    IReadOnlyList<UnfinishedObject> Unfinished
)
{
    /// <summary>Of the warehouse.</summary>
    public IReadOnlyList<ExpiredRows> Rows { get; init; } = [];

    public long Bytes => Runs.Concat(Models).Sum(folder => folder.Bytes) + Unfinished.Sum(left => left.Bytes);

    public JsonObject ToJson(bool dryRun) =>
        new()
        {
            ["dry_run"] = dryRun,
            ["before"] = Before.UtcDateTime,
            ["runs"] = new JsonArray([.. Runs.Select(ToJson)]),
            ["models"] = new JsonArray([.. Models.Select(ToJson)]),
            ["unfinished"] = new JsonArray([
                .. Unfinished.Select(left =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = left.Name,
                            ["begun"] = left.Begun.UtcDateTime,
                            ["bytes"] = left.Bytes,
                        }
                ),
            ]),
            ["bytes"] = Bytes,
            ["rows"] = new JsonArray([
                .. Rows.Select(rows => (JsonNode)new JsonObject { ["table"] = rows.Table, ["rows"] = rows.Rows }),
            ]),
        };

    private static JsonNode ToJson(OldFolder folder) =>
        new JsonObject
        {
            ["name"] = folder.Id,
            ["parts_only"] = folder.IsPartsOnly,
            ["objects"] = folder.Objects.Count,
            ["bytes"] = folder.Bytes,
        };
}

/// <summary>A run's or a model's folder whose objects go.</summary>
/// <param name="Root">Its name in the store.</param>
/// <param name="Objects">What goes, in the order in which it does: first what makes the folder count, so that one
/// half gone is never taken for whole.</param>
/// <param name="IsPartsOnly">Whether run.json, manifests and report stay: the run's model is kept, and this is where
/// it comes from.</param>
internal sealed record OldFolder(string Root, IReadOnlyList<StoreEntry> Objects, bool IsPartsOnly)
{
    public string Id => Root[(Root.LastIndexOf('/') + 1)..];

    public long Bytes => Objects.Sum(entry => entry.Bytes);
}
