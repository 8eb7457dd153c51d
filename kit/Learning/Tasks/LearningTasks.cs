using Trainyard.Learning.Tasks.Anomaly;
using Trainyard.Learning.Tasks.Binary;
using Trainyard.Learning.Tasks.Clustering;
using Trainyard.Learning.Tasks.Multiclass;
using Trainyard.Learning.Tasks.Regression;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks;

/// <summary>The list of tasks that can be learned: one for each that a spec can name.</summary>
public static class LearningTasks
{
    public static IReadOnlyList<ITask> All { get; } =
    [new BinaryTask(), new MulticlassTask(), new RegressionTask(), new ClusteringTask(), new AnomalyTask()];

    public static ITask Of(ModelTask task) => All.First(each => each.Declaration == task);
}
