using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>Several answers to the same rows, side by side in one metric.</summary>
/// <param name="definition">Whose metric decides.</param>
/// <param name="resample">What is resampled whole; by default all rows of a cutoff, or single rows where there is no
/// time.</param>
/// <param name="rows">By their places in the frame.</param>
public sealed class SideBySide(
    Definition definition,
    Resample? resample,
    Frame frame,
    int[] rows,
    int threads,
    CancellationToken cancel
)
{
    private readonly ITask _task = LearningTasks.Of(definition.Model.Task);
    private readonly IMeasure _measure = Measures.Of(definition.Metric);
    private readonly double[] _labels = frame.Labels.Of(rows);

    /// <summary>What was answered with these scores. Without labels metrics look at the rows too.</summary>
    public Answers AnswersOf(Scores scores, Reading reading, Encoder encoder)
    {
        var answers = AnswersOf(definition.Model, scores, reading);
        return definition.Label is not null
            ? answers
            : answers with
            {
                Points = new Points(
                    new Design(encoder),
                    encoder.Encode(frame, rows),
                    [.. Enumerable.Range(0, rows.Length)],
                    threads,
                    cancel
                ),
            };
    }

    /// <summary>What was answered with these scores.</summary>
    public Answers AnswersOf(ModelSpec spec, Scores scores, Reading reading) =>
        _task.Answer(spec, scores, reading, frame.Labels.Classes);

    /// <summary>Every metric and figure of the task that can be computed, by name.</summary>
    public IReadOnlyDictionary<string, double> MetricsOf(Answers answers) => Measures.OfTask(_task, answers, _labels);

    /// <summary>What is drawn of answers over others.</summary>
    public TriedLines LinesOf(Answers answers) =>
        new(
            _task.CurvesOf(answers, _labels),
            _task.Observed(answers, _labels) is { } observed ? Reliability.Bins(answers.Ranking, observed) : []
        );

    /// <summary>Why answers have no value in the metric, as the end of a sentence (<c>no interval</c>); null where they
    /// have.</summary>
    public string? Lacks(Answers answers) => _measure.Lacks(answers);

    /// <summary>The metric of each, what each gains over the first (positive when better), and how the intervals were
    /// made.</summary>
    public (IReadOnlyList<Estimate> Values, IReadOnlyList<Estimate> Gains, string Intervals) Of(
        params IReadOnlyList<Answers> answers
    )
    {
        var kind = resample ?? (definition.Rows.HasTime ? Resample.Cutoff : Resample.Row);
        var comparison = Comparison.Of(
            _task,
            _measure,
            answers,
            _labels,
            Blocks.Of(kind, frame, rows),
            definition.Model.Options.Seed,
            threads,
            cancel
        );
        return (comparison.Estimates, [.. comparison.Gains.Select(Turned)], comparison.Intervals);

        // The comparison has the gains of the first.
        static Estimate Turned(Estimate gain) => new(-gain.Value + 0.0, -gain.High + 0.0, -gain.Low + 0.0);
    }
}
