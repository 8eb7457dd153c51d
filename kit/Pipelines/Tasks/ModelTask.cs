using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>What kind of answer a model gives: what a label is, in which columns it answers, and what a spec may say of
/// it. How it is learned stands in kit/Learning/Tasks, in a folder of its name.</summary>
[JsonConverter(typeof(ListedConverter<ModelTask>))]
public sealed partial class ModelTask : IListed<ModelTask>
{
    private ModelTask() { }

    /// <summary>The list.</summary>
    public static IReadOnlyList<ModelTask> All => field ??= [Binary, Regression];

    public required string Name { get; init; }

    /// <summary>What it learns from.</summary>
    public required LabelKind Label { get; init; }

    /// <summary>The columns in which it answers, in the table of predictions. Those that come later stand at the end,
    /// as they do in views that were made before.</summary>
    public required IReadOnlyList<TaskColumn> AnswerColumns { get; init; }

    /// <summary>The keys of <c>model</c> that mean something for it, and not for every task.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Between which values all answers lie; null where they may be anywhere.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>What a score run counts among its rows, as <c>105 positive</c>; null where it counts nothing.</summary>
    public string? Counts { get; init; }

    /// <summary>What the score is in before it is calibrated and becomes the answer: contributions count in
    /// it.</summary>
    public required string ScoreUnit { get; init; }

    /// <summary>Fills in the defaults that only this task has.</summary>
    internal Func<ModelSpec, ModelSpec> Fill { get; init; } = model => model;

    /// <summary>The metrics that fit, in the order of their list.</summary>
    public IReadOnlyList<Metric> Metrics => [.. Metric.All.Where(metric => metric.Tasks.Contains(this))];

    /// <summary>The trainers that can learn it; the first is taken where a spec names none.</summary>
    public IReadOnlyList<Trainer> Trainers => [.. Trainer.All.Where(trainer => trainer.Tasks.Contains(this))];

    /// <summary>The keys that belong to other tasks alone.</summary>
    internal IEnumerable<string> OthersKeys => All.SelectMany(task => task.Keys).Distinct().Except(Keys);

    public override string ToString() => Name;
}
