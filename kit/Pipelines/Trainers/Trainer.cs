using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>The algorithm: which tasks it can learn, and what a spec may set. How it is fitted stands in
/// kit/Trainers, in a folder of its name.</summary>
[JsonConverter(typeof(ListedConverter<Trainer>))]
public sealed partial class Trainer : IListed<Trainer>
{
    private Trainer() { }

    /// <summary>The list: of the trainers that fit a task, the first is its default.</summary>
    public static IReadOnlyList<Trainer> All => field ??= [LightGbm, Linear, KMeans, IsolationForest, Pca];

    public required string Name { get; init; }

    /// <summary>The name as people write it.</summary>
    public required string Title { get; init; }

    public required IReadOnlyList<ModelTask> Tasks { get; init; }

    /// <summary>What the size of a model is counted in, which validation picks: <c>tree</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>What <c>options</c> may say, with its defaults.</summary>
    public required TrainerOptions Options { get; init; }

    /// <summary>In what it reads numbers, as distances from their mean; null where it reads them as they are, for which
    /// trees ask.</summary>
    public Func<TrainerOptions, Scaling>? Scales { get; init; }

    /// <summary>Whether what columns add up to is the logarithm of its score.</summary>
    public bool AddsLogarithms { get; init; }

    /// <summary>Whether it can make a loss small.</summary>
    public Func<Loss, bool> Learns { get; init; } = _ => true;

    /// <summary>Whether it can hold the answer to rise or fall with a number while it makes a loss small.</summary>
    public Func<Loss, bool> Constrains { get; init; } = _ => false;

    /// <summary>What is wrong with options that the schema allows, with the key.</summary>
    internal Func<TrainerOptions, IEnumerable<(string Key, string Problem)>> Problems { get; init; } = _ => [];

    public override string ToString() => Name;
}
