using Trainyard.Learning.Data;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;

namespace Trainyard.Models;

/// <summary>A training whose first fits are there.</summary>
/// <param name="Lessons">A part each, of the rows that the measured fit learns, with the size that validation has
/// picked.</param>
/// <param name="First">What the fits give, a part each.</param>
/// <param name="Labels">As the model knows them.</param>
/// <param name="Tuned">What validation says beside the size.</param>
internal sealed record Begun(
    Recipe Recipe,
    ITraining Training,
    Lesson[] Lessons,
    IScorer[] First,
    Labels Labels,
    Tuned Tuned
) : IDisposable
{
    public void Dispose() => Training.Dispose();
}
