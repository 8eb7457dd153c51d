using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.MlNet;
using ForNumbers = Microsoft.ML.Trainers.LightGbm.LightGbmRegressionTrainer.Options;
using ForTwoClasses = Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options;

namespace Trainyard.Trainers.LightGbm;

/// <summary>Fits trees through Microsoft.ML, which has a trainer of its own for each kind of objective.</summary>
internal static class MlNetFit
{
    public static (ITransformer Chain, TreeEnsembleModelParametersBasedOnRegressionTree Trees) Of(
        MLContext ml,
        LightGbmOptions options,
        Lesson lesson
    )
    {
        if (lesson.Objective.Learns == Loss.Logistic)
        {
            var classes = ml
                .BinaryClassification.Trainers.LightGbm(TwoClasses(options, lesson))
                .Fit(View(lesson.Learned), lesson.Validation is { } rows ? View(rows) : null);
            return (classes, classes.Model.SubModel);
        }

        var numbers = ml
            .Regression.Trainers.LightGbm(Numbers(options, lesson))
            .Fit(View(lesson.Learned), lesson.Validation is { } others ? View(others) : null);
        return (numbers, numbers.Model);

        RowsView View(int[] some) =>
            new(lesson.Encoder, lesson.Rows, some, lesson.Targets, lesson.Objective.Learns == Loss.Logistic);
    }

    private static ForTwoClasses TwoClasses(LightGbmOptions options, Lesson lesson) =>
        new()
        {
            FeatureColumnName = RowsView.Features,
            LabelColumnName = RowsView.Label,
            ExampleWeightColumnName = RowsView.Weight,
            EvaluationMetric = ForTwoClasses.EvaluateMetricType.Logloss,
            NumberOfIterations = lesson.Size ?? options.MaxTrees,
            NumberOfLeaves = options.Leaves,
            LearningRate = options.LearningRate,
            MinimumExampleCountPerLeaf = options.MinRowsPerLeaf,
            EarlyStoppingRound = lesson.Validation is null ? 0 : options.EarlyStopping,
            UseCategoricalSplit = false,
            Seed = options.Seed,
            Deterministic = true,
            ForceColumnWise = true,
            NumberOfThreads = lesson.Threads,
            Booster = Booster(options),
        };

    private static ForNumbers Numbers(LightGbmOptions options, Lesson lesson) =>
        new()
        {
            FeatureColumnName = RowsView.Features,
            LabelColumnName = RowsView.Label,
            ExampleWeightColumnName = RowsView.Weight,
            EvaluationMetric =
                lesson.Objective.Watches == Loss.Absolute
                    ? ForNumbers.EvaluateMetricType.MeanAbsoluteError
                    : ForNumbers.EvaluateMetricType.RootMeanSquaredError,
            NumberOfIterations = lesson.Size ?? options.MaxTrees,
            NumberOfLeaves = options.Leaves,
            LearningRate = options.LearningRate,
            MinimumExampleCountPerLeaf = options.MinRowsPerLeaf,
            EarlyStoppingRound = lesson.Validation is null ? 0 : options.EarlyStopping,
            UseCategoricalSplit = false,
            Seed = options.Seed,
            Deterministic = true,
            ForceColumnWise = true,
            NumberOfThreads = lesson.Threads,
            Booster = Booster(options),
        };

    private static GradientBooster.Options Booster(LightGbmOptions options) =>
        new()
        {
            L2Regularization = options.L2,
            FeatureFraction = options.FeatureShare.Value,
            SubsampleFraction = options.RowShare.Value,
            SubsampleFrequency = options.RowShare.Value < 1 ? 1 : 0,
        };
}
