using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;

namespace Trainyard.Models;

/// <summary>A training whose first fits are there.</summary>
/// <param name="Lessons">A part each, of the rows that the measured fit learns, with the size that validation has
/// picked.</param>
/// <param name="Tries">The fits that are held against rows they have not learned.</param>
/// <param name="Labels">As the model knows them.</param>
/// <param name="Tuned">What validation says beside the size.</param>
internal sealed record Begun(
    Recipe Recipe,
    ITraining Training,
    Lesson[] Lessons,
    IReadOnlyList<FoldFit> Tries,
    Labels Labels,
    Tuned Tuned
) : IDisposable
{
    /// <summary>What the first fits answer for the rows that they are held against.</summary>
    public (int[] Rows, Scores Scores) Answer(int threads, CancellationToken cancel)
    {
        var (lesson, task) = (Lessons[0], LearningTasks.Of(Recipe.Definition.Model.Task));
        Scores[] answered =
        [
            .. Tries.Select(tried =>
                new ScoringModel(
                    lesson.Encoder,
                    task.Assemble(tried.Scorers, Tuned.Reading),
                    Tuned.Calibrator,
                    default
                ).Predict(lesson.Rows, tried.Fold.Answered, threads, cancel)
            ),
        ];
        return (
            [.. Tries.SelectMany(tried => tried.Fold.Answered)],
            new Scores([.. answered.SelectMany(each => each.Values)], answered[0].Width)
        );
    }

    /// <summary>What that is in the metric that decides, and what without each part of the rows in turn; null where it
    /// cannot be computed, or parts are too few to say something about chance.</summary>
    public (double? All, IReadOnlyList<double?>? Without) Values(Frame frame, int threads, CancellationToken cancel)
    {
        var definition = Recipe.Definition;
        var (rows, scores) = Answer(threads, cancel);
        var answers = LearningTasks
            .Of(definition.Model.Task)
            .Answer(definition.Model, scores, Tuned.Reading, Labels.Classes);
        var parts = Blocks.InParts(frame, rows);
        var metric = Measures.Of(definition.Metric).Prepare(answers, Labels.Of(rows), parts);
        double?[]? parted = !parts.AreEnough ? null : [.. Enumerable.Range(0, parts.Count).Select(Without)];
        return (Without(parts.Count), parted);

        double? Without(int part)
        {
            int[] weights = [.. Enumerable.Range(0, parts.Count).Select(each => each == part ? 0 : 1)];
            return metric.Of(weights) is var value && double.IsFinite(value) ? value : null;
        }
    }

    public void Dispose() => Training.Dispose();
}
