using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Models;

/// <summary>What the fits of a training are given: some rows of the frame, encoded as these rows ask for.</summary>
internal sealed class Lessons(Definition definition, Frame frame, int threads)
{
    private readonly ITask _task = LearningTasks.Of(definition.Model.Task);
    private readonly IReadOnlyDictionary<string, int> _keep = FrameLayout.CategoriesOf(definition.Features);

    public Frame Frame => frame;

    public int Threads => threads;

    /// <summary>The lesson of the first part.</summary>
    public Lesson Of(int[] learned)
    {
        var targets = _task.TargetsOf(definition, frame.Labels.Values, learned);
        var encoder = Encoder.Fit(
            frame,
            learned,
            column => _keep.GetValueOrDefault(column, CategorySpec.KeepByDefault)
        ) with
        {
            LabelMiddle = targets.Middle,
        };
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = targets,
            Learned = learned,
            Objective = _task.PartsOf(definition)[0].Objective,
            Directions = Constraints.DirectionsOf(definition.Model.Constraints, encoder),
            Threads = threads,
        };
    }

    /// <summary>The same rows for a part of the model.</summary>
    public static Lesson Of(Lesson lesson, ModelPart part) =>
        lesson with
        {
            Objective = part.Objective,
            Directions = part.IsConstrained ? lesson.Directions : [],
        };
}
