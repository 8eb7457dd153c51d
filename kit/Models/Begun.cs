using Trainyard.Learning.Data;
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

    public void Dispose() => Training.Dispose();
}
