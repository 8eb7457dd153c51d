using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.Forest;
using Trainyard.Trainers.IsolationForest;
using Trainyard.Trainers.KMeans;
using Trainyard.Trainers.LightGbm;
using Trainyard.Trainers.Linear;
using Trainyard.Trainers.OnnxModel;
using Trainyard.Trainers.Pca;
using Trainyard.Trainers.Stacked;

namespace Trainyard.Trainers;

/// <summary>The list of trainers that can be fitted: one for each that a spec can name.</summary>
public static class TrainerList
{
    public static IReadOnlyList<ITrainer> All { get; } =
    [
        new StackedTrainer(new LightGbmTrainer()),
        new LinearTrainer(),
        new StackedTrainer(new ForestTrainer()),
        new KMeansTrainer(),
        new IsolationForestTrainer(),
        new PcaTrainer(),
        new OnnxModelTrainer(),
    ];

    public static ITrainer Of(Trainer trainer) => All.First(each => each.Declaration == trainer);
}
