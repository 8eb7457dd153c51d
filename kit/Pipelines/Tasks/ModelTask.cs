using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>What kind of answer a model gives: what a label is, in which columns it answers, and what a spec may say of
/// it. How it is learned stands in kit/Learning/Tasks, in a folder of its name.</summary>
[JsonConverter(typeof(ListedConverter<ModelTask>))]
public sealed partial class ModelTask : IListed<ModelTask>
{
    private ModelTask() { }

    /// <summary>The list.</summary>
    public static IReadOnlyList<ModelTask> All => field ??= [Binary, Multiclass, Regression, Clustering, Anomaly];

    public required string Name { get; init; }

    /// <summary>What it learns from, or is only measured by.</summary>
    public required LabelKind Label { get; init; }

    /// <summary>Whether it learns from the label. If not, rows without one are learned too, and a spec that names none
    /// is whole.</summary>
    public bool LearnsLabels { get; init; } = true;

    /// <summary>The columns in which it can answer, in the table of predictions. Those that come later stand at the
    /// end, as they do in views that were made before.</summary>
    public required IReadOnlyList<TaskColumn> AnswerColumns { get; init; }

    /// <summary>The tables beside that of predictions in which it answers too.</summary>
    public IReadOnlyList<TaskTable> SideTables { get; init; } = [];

    /// <summary>The keys of <c>model</c> that mean something for it, and not for every task.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The same elsewhere in the spec: <c>label/positive</c>.</summary>
    public IReadOnlyList<string> OtherKeys { get; init; } = [];

    /// <summary>All of them, as they are found in a spec.</summary>
    public IEnumerable<string> AllKeys =>
        [
            .. Keys.Select(key => $"model/{key}"),
            .. Label == LabelKind.None ? [] : new[] { "label" },
            .. LearnsLabels ? new[] { "label/null_at_most" } : [],
            .. HasBaseline ? new[] { "gate/better_than_baseline_by" } : [],
            .. Limits.Select(limit => $"gate/{limit.Key}"),
            .. OtherKeys,
        ];

    /// <summary>How its scores can become probabilities; the first is the usual one.</summary>
    public IReadOnlyList<Calibration> Calibrations { get; init; } = [Calibration.None];

    /// <summary>Between which values all answers lie; null where they may be anywhere.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>What a score run counts among its rows, as <c>105 positive</c>; null where it counts nothing.</summary>
    public string? Counts { get; init; }

    /// <summary>The metric that is their share of the holdout, to hold that of a score run against; null where there is
    /// none.</summary>
    public string? CountedAs { get; init; }

    /// <summary>What the score is in before it is calibrated and becomes the answer: contributions count in it. Of what
    /// is learned as a logarithm ask <see cref="ScoreUnitOf"/>.</summary>
    public required string ScoreUnit { get; init; }

    /// <summary>The same where a model adds up the answer itself.</summary>
    public string AnswerUnit
    {
        get => field ?? ScoreUnit;
        init;
    }

    /// <summary>What is made small in learning, by the spec and the metric that decides.</summary>
    public required Func<ModelSpec, Metric, Loss> Learns { get; init; }

    /// <summary>What the models beside the first make small, with the key of <c>model</c> that asks for them.</summary>
    public Func<ModelSpec, IEnumerable<(string Key, Loss Loss)>> LearnsToo { get; init; } = _ => [];

    /// <summary>Whether there is something that needs no features for a model to be better than.</summary>
    public bool HasBaseline { get; init; } = true;

    /// <summary>Whether a column of the rows can hold what somebody else answers, to be the baseline.</summary>
    public bool TakesForecasts { get; init; }

    /// <summary>What a row is answered with one of: <c>class</c>; null where answers are no choice.</summary>
    public string? Chooses { get; init; }

    /// <summary>What a model must keep to be promoted, beside the metric.</summary>
    public IReadOnlyList<GateLimit> Limits { get; init; } = [];

    /// <summary>Fills in the defaults that only this task has.</summary>
    internal Func<ModelSpec, ModelSpec> Fill { get; init; } =
        model => model with { Calibrate = model.Calibrate ?? Calibration.None };

    /// <summary>Fills in what a spec gets that does not say it, where a definition that was written before means
    /// something else by saying nothing.</summary>
    internal Func<ModelSpec, ModelSpec> Choose { get; init; } = model => model;

    /// <summary>The defaults of where its answers go.</summary>
    internal Func<PredictionsSpec, PredictionsSpec> FillPredictions { get; init; } = predictions => predictions;

    /// <summary>The defaults of what it demands of a model.</summary>
    internal Func<GateSpec, ModelSpec, GateSpec> FillGate { get; init; } = (gate, _) => gate;

    /// <summary>What is wrong with its keys that the schema allows, with the key.</summary>
    internal Func<ModelSpec, Metric, IEnumerable<(string Key, string Problem)>> Problems { get; init; } = (_, _) => [];

    /// <summary>The metrics that fit, in the order of their list.</summary>
    public IReadOnlyList<Metric> Metrics => [.. Metric.All.Where(metric => metric.Tasks.Contains(this))];

    /// <summary>The trainers that can learn it; the first is taken where a spec names none.</summary>
    public IReadOnlyList<Trainer> Trainers => [.. Trainer.All.Where(trainer => trainer.Tasks.Contains(this))];

    /// <summary>What contributions to the scores of a model count in.</summary>
    public string ScoreUnitOf(ModelSpec model, Metric metric) =>
        model.Trainer.ScoresAnswers ? AnswerUnit
        : Learns(model, metric).IsOfLogarithm || model.Trainer.AddsLogarithms ? $"the logarithm of {ScoreUnit}"
        : ScoreUnit;

    /// <summary>Whether answers add up to what comes true, where a model is right. Under weights scores do not, unless
    /// they are calibrated.</summary>
    public bool AddsUp(ModelSpec model, Metric metric) =>
        Learns(model, metric).IsOfMean
        && (model.Weights == ClassWeights.None || model.Calibrate is not (null or Calibration.None));

    /// <summary>The columns in which models of the spec answer.</summary>
    public IReadOnlyList<TaskColumn> AnswersOf(ModelSpec model) =>
        [.. AnswerColumns.Where(column => column.IsAnswered(model))];

    /// <summary>The keys that belong to other tasks alone, as they are found in a spec.</summary>
    internal IEnumerable<string> OthersKeys => All.SelectMany(task => task.AllKeys).Distinct().Except(AllKeys);

    /// <summary>What its label is, as a spec has it: one whose positive class is named is read as a class.</summary>
    public LabelKind KindOf(LabelSpec? label) =>
        label is null ? LabelKind.None
        : label.Positive is null ? Label
        : LabelKind.Class;

    public override string ToString() => Name;
}
