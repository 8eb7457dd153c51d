using Trainyard.Learning.Calibrating;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks;

/// <summary>What is true of a task and of no other: all that the rest of the learning half asks of it.</summary>
public interface ITask
{
    ModelTask Declaration { get; }

    /// <summary>What the labels of rows have all in common that leaves nothing to learn (<c>negative</c>); null where
    /// there is something.</summary>
    string? Alike(double[] labels);

    Objective ObjectiveFor(Metric metric);

    /// <summary>What the rows are learned with; 65 where a trainer cannot.</summary>
    /// <param name="rows">Those being learned.</param>
    Targets TargetsOf(ModelSpec spec, double[] labels, int[] rows);

    /// <summary>What validation decides beside the size.</summary>
    /// <param name="training">For who needs more fits.</param>
    /// <param name="scorer">What was fitted on the rows before validation.</param>
    Tuned Tune(ModelSpec spec, ITraining training, IScorer scorer, Lesson lesson);

    Answers Answer(Scores scores, double? threshold);

    /// <summary>What answers every row alike, by the labels that were learned: it needs no features.</summary>
    Answers Baseline(ModelSpec spec, double[] learned);

    /// <summary>Why the labels are too few for an interval; null where they are not.</summary>
    string? WhyNoInterval(double[] labels);

    /// <summary>How many rows there are, where they are too few to compare two models on; null where they are
    /// not.</summary>
    string? TooFew(double[] labels);

    /// <summary>Figures that are shown beside the metrics, and decide nothing.</summary>
    IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels);

    /// <summary>What two fits of one recipe must have much alike in their answers to the same rows.</summary>
    /// <param name="labels">Of those rows.</param>
    IReadOnlyList<Trait> Traits(double[] labels);

    /// <summary>The evaluation with what only this task shows.</summary>
    Evaluation Tell(Evaluation evaluation, Answers answers, double[] labels);

    /// <summary>What about the labels keeps metrics from being computed, as the end of a sentence; null where nothing
    /// does.</summary>
    string? WhyNoMetric(Evaluation evaluation);
}

/// <summary>What a task picked on validation.</summary>
/// <param name="Threshold">From which score on a row counts; null where the task has no such thing.</param>
/// <param name="Calibrator">What turns scores into what is answered; null where they are that already.</param>
public sealed record Tuned(double? Threshold, Calibrator? Calibrator)
{
    public static Tuned Nothing { get; } = new(null, null);
}
