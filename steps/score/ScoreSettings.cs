using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>What only score can be told: to do its work in shards, and then to publish them.</summary>
internal static class ScoreSettings
{
    public static Setting<Shard> Shard { get; } =
        new(
            "--shard",
            "Score only one shard of the parts, into the store: 2/4 scores every fourth part. Publishes "
                + "nothing, and needs no warehouse.",
            "2/4",
            null,
            Score.Shard.Parse
        );

    public static Setting<int> Publish { get; } =
        Setting.Int(
            "--publish",
            "Score nothing: publish the shards 1 to N of N, which must all be done, with one model.",
            "4",
            most: Score.Shard.Most
        );

    public static Setting<string> Warehouse { get; } =
        CommonSettings.WarehouseBut(CommonSettings.Warehouse.Description, null, required: true, unlessGiven: Shard);

    /// <summary>The manifest of the shard that is asked for, or of the whole step.</summary>
    public static string ManifestOf(StepContext context) =>
        (context.Get(Shard), context.Get(Publish)) switch
        {
            (null, _) => RunFolder.ManifestFile,
            ({ } shard, 0) => shard.ManifestFile,
            _ => throw Fault.Usage(
                "--shard scores a part of a run and --publish publishes all of it: give one of them. Nothing "
                    + "was changed."
            ),
        };
}
