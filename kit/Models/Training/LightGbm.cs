using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using Trainyard.Pipelines;

namespace Trainyard.Models.Training;

/// <summary>Gradient boosted trees through Microsoft.ML.</summary>
internal static class LightGbm
{
    /// <summary>Fits trees: as many as are best on <paramref name="validation"/>, or exactly <paramref name="trees"/>
    /// without one.</summary>
    /// <param name="trees">The most trees.</param>
    public static FittedTrees Fit(
        MLContext ml,
        Definition definition,
        int trees,
        RowsView rows,
        RowsView? validation,
        int threads
    )
    {
        if (rows.GetRowCount() * definition.Model.Options.RowShare.Value < 1)
        {
            throw Fault.BadData(
                $"There are {rows.GetRowCount()} rows to learn from, of which model.options.row_share leaves less than "
                    + "one to a tree. Give it more rows, or leave row_share out. Nothing was changed."
            );
        }

        OpenMp.Prepare(threads);
        try
        {
            if (definition.Model.Task == ModelTask.Binary)
            {
                var binary = ml
                    .BinaryClassification.Trainers.LightGbm(
                        ForBinary(definition.Model.Options, trees, validation, threads)
                    )
                    .Fit(rows, validation);
                return new FittedTrees(binary, CountOf(binary.Model.SubModel));
            }

            var regression = ml
                .Regression.Trainers.LightGbm(ForRegression(definition, trees, validation, threads))
                .Fit(rows, validation);
            return new FittedTrees(regression, CountOf(regression.Model));
        }
        catch (Exception missing)
            when (missing is DllNotFoundException || missing.InnerException is DllNotFoundException)
        {
            throw Fault.BadConfiguration(
                "LightGBM's native library cannot be loaded. On Linux it needs x64, glibc and libgomp: "
                    + "'apt-get install libgomp1' (Debian, Ubuntu) or 'dnf install libgomp' (Fedora). Nothing was "
                    + "changed.",
                missing
            );
        }
        catch (ArgumentNullException unsplit) when (unsplit.ParamName == "items")
        {
            // A single leaf of value 0 is what Microsoft.ML cannot read from LightGBM; one of another value it can.
            throw Fault.BadData(
                $"Nothing can be learned from the {rows.GetRowCount()} rows: either all labels are the same, or no "
                    + "feature parts the rows that a tree sees (model.options.row_share) so that "
                    + $"{definition.Model.Options.MinRowsPerLeaf} (min_rows_per_leaf) are on each side and their "
                    + "labels "
                    + "differ. Mend the rows, the features or the options. Nothing was changed.",
                unsplit
            );
        }
        catch (InvalidOperationException refused)
            when (refused.Message.StartsWith("LightGBM Error", StringComparison.Ordinal))
        {
            throw Fault.BadData(
                $"LightGBM cannot learn from the {rows.GetRowCount()} rows under these model.options: "
                    + $"{refused.Message.Split('\n')[0].TrimEnd('.')}. Mend the rows, or the options. Nothing was "
                    + "changed.",
                refused
            );
        }
    }

    private static int CountOf(TreeEnsembleModelParametersBasedOnRegressionTree model) =>
        Math.Max(1, model.TrainedTreeEnsemble.Trees.Count);

    private static LightGbmBinaryTrainer.Options ForBinary(
        TrainerOptions options,
        int trees,
        RowsView? validation,
        int threads
    ) =>
        new()
        {
            FeatureColumnName = RowsView.Features,
            LabelColumnName = RowsView.Label,
            ExampleWeightColumnName = RowsView.Weight,
            EvaluationMetric = LightGbmBinaryTrainer.Options.EvaluateMetricType.Logloss,
            NumberOfIterations = trees,
            NumberOfLeaves = options.Leaves,
            LearningRate = options.LearningRate,
            MinimumExampleCountPerLeaf = options.MinRowsPerLeaf,
            EarlyStoppingRound = validation is null ? 0 : options.EarlyStopping,
            UseCategoricalSplit = false,
            Seed = options.Seed,
            Deterministic = true,
            ForceColumnWise = true,
            NumberOfThreads = threads,
            Booster = Booster(options),
        };

    private static LightGbmRegressionTrainer.Options ForRegression(
        Definition definition,
        int trees,
        RowsView? validation,
        int threads
    ) =>
        new()
        {
            FeatureColumnName = RowsView.Features,
            LabelColumnName = RowsView.Label,
            ExampleWeightColumnName = RowsView.Weight,
            EvaluationMetric =
                definition.Metric == Metric.Mae
                    ? LightGbmRegressionTrainer.Options.EvaluateMetricType.MeanAbsoluteError
                    : LightGbmRegressionTrainer.Options.EvaluateMetricType.RootMeanSquaredError,
            NumberOfIterations = trees,
            NumberOfLeaves = definition.Model.Options.Leaves,
            LearningRate = definition.Model.Options.LearningRate,
            MinimumExampleCountPerLeaf = definition.Model.Options.MinRowsPerLeaf,
            EarlyStoppingRound = validation is null ? 0 : definition.Model.Options.EarlyStopping,
            UseCategoricalSplit = false,
            Seed = definition.Model.Options.Seed,
            Deterministic = true,
            ForceColumnWise = true,
            NumberOfThreads = threads,
            Booster = Booster(definition.Model.Options),
        };

    private static GradientBooster.Options Booster(TrainerOptions options) =>
        new()
        {
            L2Regularization = options.L2,
            FeatureFraction = options.FeatureShare.Value,
            SubsampleFraction = options.RowShare.Value,
            SubsampleFrequency = options.RowShare.Value < 1 ? 1 : 0,
        };
}

/// <summary>A fitted ensemble: the transformer that scores with it, and its size.</summary>
internal sealed record FittedTrees(ITransformer Transformer, int Trees);
