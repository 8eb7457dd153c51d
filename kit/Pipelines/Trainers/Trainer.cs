using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>The algorithm: which tasks it can learn, and what a spec may set. How it is fitted stands in
/// kit/Trainers, in a folder of its name.</summary>
[JsonConverter(typeof(ListedConverter<Trainer>))]
public sealed partial class Trainer : IListed<Trainer>
{
    private Trainer() { }

    /// <summary>The list: of the trainers that fit a task, the first is its default.</summary>
    public static IReadOnlyList<Trainer> All =>
        field ??= [LightGbm, Linear, Forest, Auto, KMeans, IsolationForest, Pca, OnnxModel];

    public required string Name { get; init; }

    /// <summary>The name as people write it.</summary>
    public required string Title { get; init; }

    public required IReadOnlyList<ModelTask> Tasks { get; init; }

    /// <summary>What the size of a model is counted in, which validation picks: <c>tree</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether of several classes each has a model of that size.</summary>
    public bool SizesClasses { get; init; }

    /// <summary>What <c>options</c> may say, with its defaults.</summary>
    public required TrainerOptions Options { get; init; }

    /// <summary>Which of them a spec can have searched; none where validation picks what there is to pick
    /// anyway.</summary>
    public IReadOnlyList<Searched> Space { get; init; } = [];

    /// <summary>How options that a spec leaves out follow the table, in lines; none where they do not.</summary>
    public IReadOnlyList<string> Rule { get; init; } = [];

    /// <summary>Whether it learns nothing itself: of the others that can learn what a spec asks for, validation chooses
    /// one.</summary>
    public bool Chooses { get; init; }

    /// <summary>Whether its models are made elsewhere and brought as files: it learns nothing from rows, and each fit
    /// is the model as it was brought. What validation picks beside (a calibrator, a threshold) is learned
    /// here.</summary>
    public bool MadeElsewhere { get; init; }

    /// <summary>Whether reasons are sampled: its models can only be asked.</summary>
    public bool SamplesReasons => MadeElsewhere;

    /// <summary>Whether it reads columns as the query gives them: numbers in 64 bits, levels as texts.</summary>
    public bool ReadsAsIs { get; init; }

    /// <summary>In what it reads numbers, as distances from their mean; null where it reads them as they are, for which
    /// trees ask. Where it chooses, what others may.</summary>
    public Func<TrainerOptions, Scaling>? Scales { get; init; }

    /// <summary>Whether it asks only where among others a number lies, and its distances are from the middle one: so
    /// what lies together stays apart in 32 bits, however far away another lies.</summary>
    public bool CountsFromMiddle { get; init; }

    /// <summary>Whether what columns add up to is the logarithm of its score.</summary>
    public bool AddsLogarithms { get; init; }

    /// <summary>Whether it learns from texts, word by word or by what a model that does says of them. Where it chooses,
    /// whether others can.</summary>
    public bool ReadsTexts { get; init; }

    /// <summary>Whether what it gives, and its columns add up to, is the answer itself, and not a score that becomes
    /// one.</summary>
    public bool ScoresAnswers { get; init; }

    /// <summary>Whether it can make a loss small.</summary>
    public Func<Loss, bool> Learns { get; init; } = _ => true;

    /// <summary>Whether it can hold the answer to rise or fall with a number while it makes a loss small.</summary>
    public Func<Loss, bool> Constrains { get; init; } = _ => false;

    /// <summary>What is wrong in a spec with options that the schema allows, with the key.</summary>
    internal Func<Spec, IEnumerable<(string Key, string Problem)>> Problems { get; init; } = _ => [];

    /// <summary>Those that are fitted where a spec names it, in the order of the list.</summary>
    public IReadOnlyList<Trainer> CandidatesFor(Definition definition) =>
        Chooses ? [.. All.Where(other => !other.Chooses && other.Suits(definition))] : [this];

    public override string ToString() => Name;

    private bool Suits(Definition definition)
    {
        var model = definition.Model;
        var loss = model.Task.Learns(model, definition.Metric);
        return Tasks.Contains(model.Task)
            && !MadeElsewhere
            && (ReadsTexts || definition.Features.Text.Count == 0)
            && Learns(loss)
            && model.Task.LearnsToo(model).All(too => Learns(too.Loss))
            && (model.Constraints is null || Constrains(loss));
    }
}
