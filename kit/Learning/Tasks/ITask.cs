using System.Collections.ObjectModel;
using Trainyard.Learning.Calibrating;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Live;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks;

/// <summary>What is true of a task and of no other: all that the rest of the learning half asks of it.</summary>
public interface ITask
{
    ModelTask Declaration { get; }

    /// <summary>The labels of a whole table as they are learned; 65 where they do not fit the spec.</summary>
    Labels LabelsOf(Definition definition, Labels read) => read;

    /// <summary>What the labels of rows have all in common that leaves nothing to learn (<c>negative</c>); null where
    /// there is something.</summary>
    string? Alike(Labels labels) => null;

    /// <summary>The models that answer together, of which the first gives what rows are ranked by.</summary>
    IReadOnlyList<ModelPart> PartsOf(Definition definition)
    {
        var learns = Declaration.Learns(definition.Model, definition.Metric);
        return
        [
            new(ModelPart.First, new Objective(learns, definition.Metric.Watches?.Invoke(definition.Model) ?? learns)),
        ];
    }

    /// <summary>How many scores a row has in each of them.</summary>
    /// <param name="labels">As the model knows them: where they are classes, those that are learned.</param>
    int WidthOf(Labels labels) => 1;

    /// <summary>What the rows are learned with; 65 where a trainer cannot.</summary>
    /// <param name="labels">As the model knows them.</param>
    /// <param name="rows">Those being learned.</param>
    Targets TargetsOf(Definition definition, Labels labels, int[] rows) => new(labels.Values);

    /// <summary>What validation decides beside the size.</summary>
    /// <param name="training">For who needs more fits.</param>
    /// <param name="validated">What the first part answers on rows that it has not learned.</param>
    /// <param name="labels">As the model knows them.</param>
    Tuned Tune(ModelSpec spec, ITraining training, Validated validated, Labels labels, CancellationToken cancel);

    /// <summary>The rows that are answered before they are learned, so that what is told of answers can be put right;
    /// none where nothing is.</summary>
    IReadOnlyList<Fold> FoldsOf(Definition definition, Frame frame, int[] learned) => [];

    /// <summary>By how much the ends of intervals are moved outward; null where there are none.</summary>
    /// <param name="outOfFold">The scores of the parts that are ends, side by side, for rows that they have not
    /// learned.</param>
    double? Widening(ModelSpec spec, Scores outOfFold, double[] labels) => null;

    /// <summary>One scorer out of those of the parts.</summary>
    IScorer Assemble(IReadOnlyList<IScorer> parts, Reading reading) => parts[0];

    /// <param name="spec">What is asked of the answers, be they those of another model: whose costs count.</param>
    /// <param name="asked">The classes of the labels that answers are held against, by their codes; null where labels
    /// are no classes, or there are none: then the codes are those of the reading.</param>
    Answers Answer(ModelSpec spec, Scores scores, Reading reading, IReadOnlyList<string>? asked);

    /// <summary>Writes into a graph what it answers, an output for each of its columns.</summary>
    /// <param name="scores">As a model gives them.</param>
    /// <returns>Whether that has a form there.</returns>
    bool Write(Graph graph, GraphValue scores, Reading reading) => false;

    /// <summary>Answers out of what was published of them. They have been through whatever a reading does to
    /// scores.</summary>
    Answers Published(ModelSpec spec, PublishedFields fields, Reading reading, IReadOnlyList<string>? asked) =>
        Answer(spec, fields.AllNumbers(), reading, asked);

    /// <summary>The baseline once more, by what a card says of it; null where that is too little.</summary>
    Constant? BaselineOf(ModelSpec spec, Evaluation evaluation) => null;

    /// <summary>What answers every row alike, by the labels that were learned: it needs no features. Null where there
    /// is nothing of the kind.</summary>
    /// <param name="labels">As the model knows them, of those rows alone.</param>
    Constant? Baseline(Definition definition, Labels labels) => null;

    /// <summary>What somebody else has answered, where the task takes that for a baseline.</summary>
    /// <param name="errors">Of the rows that were learned: the label less what was answered.</param>
    Answers Forecast(Definition definition, double[] forecasts, double[] errors) =>
        throw new NotSupportedException($"The task {Declaration} takes no forecasts.");

    /// <summary>What came true of a row's ranking, on its scale: the label, unless the task says otherwise. Null where
    /// nothing can.</summary>
    double[]? Observed(Answers answers, double[] labels) => Declaration.LearnsLabels ? labels : null;

    /// <summary>How rows that came true lie in the ranking; null where labels part none.</summary>
    RankingCurves? CurvesOf(Answers answers, double[] labels) => null;

    /// <summary>Why the labels are too few for an interval; null where they are not.</summary>
    string? WhyNoInterval(double[] labels) => null;

    /// <summary>How many rows there are, where they are too few to compare two models on; null where they are
    /// not.</summary>
    string? TooFew(double[] labels) => labels.Length < Comparison.LeastRowsOfClass ? $"{labels.Length}" : null;

    /// <summary>Figures that are shown beside the metrics, and decide nothing.</summary>
    IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) => [];

    /// <summary>What two fits of one recipe must have much alike in their answers to the same rows.</summary>
    /// <param name="measured">The answers of the measured one.</param>
    /// <param name="labels">Of those rows.</param>
    IReadOnlyList<Trait> Traits(Answers measured, Labels labels);

    /// <summary>Why the metric of two models cannot be compared, as a sentence; null where it can.</summary>
    /// <param name="others">The champion's, of the same rows.</param>
    string? WhyNotCompared(Answers answers, Answers others) => null;

    /// <summary>Figures of the answers of two models side by side, which the gate may have limits for.</summary>
    IReadOnlyDictionary<string, double> Beside(Answers answers, Answers others) =>
        ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Whether what rows are answered with one of has names that go on from one model to the next.</summary>
    bool KeepsNames => false;

    /// <summary>What a new model's are called.</summary>
    /// <param name="scores">Of some rows.</param>
    /// <param name="before">What the serving model gives for the same rows, and how it is read; null where there is
    /// none that can be compared.</param>
    /// <param name="taken">All names that were ever given.</param>
    IReadOnlyList<string> NamesOf(
        Scores scores,
        (Scores Scores, Reading Reading)? before,
        IReadOnlyCollection<string> taken
    ) => throw new NotSupportedException($"The task {Declaration} gives no names.");

    /// <summary>The evaluation with what only this task shows.</summary>
    Evaluation Tell(Evaluation evaluation, AnsweredRows holdout);

    /// <summary>What about the labels keeps metrics from being computed, as the end of a sentence; null where nothing
    /// does.</summary>
    string? WhyNoMetric(Evaluation evaluation) => null;
}

/// <summary>What a task picked on validation.</summary>
/// <param name="Reading">How scores are read.</param>
/// <param name="Calibrator">What turns scores into what is answered; null where they are that already.</param>
public sealed record Tuned(Reading Reading, Calibrator? Calibrator = null)
{
    /// <summary>Figures of the model that only training can find; they stand in the card beside its metrics.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    public static Tuned Nothing { get; } = new(Reading.Plain);
}

/// <summary>What answers every row alike.</summary>
/// <param name="Scores">Of one row.</param>
/// <param name="Text">What it answers, in words, where that is no number.</param>
public sealed record Constant(Scores Scores, Reading Reading, string? Text = null);
