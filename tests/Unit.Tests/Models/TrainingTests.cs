using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks.Binary;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

public sealed class TrainingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_binary_model_learns_and_answers_the_same_after_loading_without_a_label()
    {
        var (definition, frame, split, trained) = Train(ModelTask.Binary);
        var evaluation = new Evaluator(definition, null, frame, split, trained, 2, Cancel).Evaluate();

        Assert.InRange(evaluation.Model.Metric.Value, 0.85, 1);
        Assert.True(evaluation.GainOverBaseline!.Low > 0.3);
        Assert.Equal(0.5, evaluation.Baseline!.Metric.Value);
        Assert.Equal("x", evaluation.Importances![0].Feature);
        Assert.Equal(4, evaluation.ByWeek!.Count);
        Assert.InRange(trained.Reading.Threshold!.Value, 0.2, 0.8);

        var loaded = LoadedPackage.ModelOf(
            trained.Model.Saved.ToArray(),
            trained.Encoder,
            Trainer.LightGbm,
            "model.txt",
            trained.Model.Calibrator
        );
        Assert.Equal("txt", loaded.Extension);
        var unlabelled = new Frame
        {
            Rows = frame.Rows,
            Columns = frame.Columns,
            Labels = Labels.None,
            Cutoffs = [],
            Keys = frame.Keys,
        };
        Assert.Equal(trained.Model.Predict(frame, 1, Cancel).Values, loaded.Predict(unlabelled, 2, Cancel).Values);
    }

    [Fact]
    public void The_same_rows_give_the_same_model()
    {
        var (_, frame, _, first) = Train(ModelTask.Binary);
        var (_, _, _, second) = Train(ModelTask.Binary);

        Assert.Equal((first.Size, first.Reading.Threshold), (second.Size, second.Reading.Threshold));
        Assert.Equal(first.Model.Predict(frame, 2, Cancel).Values, second.Model.Predict(frame, 2, Cancel).Values);
    }

    [Fact]
    public void What_lies_in_the_holdout_changes_nothing_that_is_learned()
    {
        var definition = Some.Definition();
        var (frame, changed) = (Some.Frame(), Some.Frame());
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));
        foreach (var row in split.Holdout)
        {
            changed.Labels.Values[row] = 1 - changed.Labels[row];
            ((NumberColumn)changed.Columns[0]).Singles![row] = 5;
        }

        var model = Training.Run(definition, frame, split, 2, _ => { }, TestContext.Current.CancellationToken);
        var other = Training.Run(definition, changed, split, 2, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(model.Reading.Threshold, other.Reading.Threshold);
        Assert.Equal(model.Model.Predict(frame, 2, Cancel).Values, other.Model.Predict(frame, 2, Cancel).Values);
    }

    /// <summary>The rows of a day have something in common, which those of validation's few days do not share with
    /// others: so no calibration comes nearer than about half a tenth.</summary>
    [Theory]
    [InlineData(Calibration.Isotonic, 0, 0.07)]
    [InlineData(Calibration.None, 0.1, 1)]
    public void Balanced_weights_push_probabilities_up_and_calibration_brings_them_back(
        Calibration calibration,
        double least,
        double most
    )
    {
        var definition = Some.Definition();
        definition = definition with
        {
            Model = definition.Model with { Weights = ClassWeights.Balanced, Calibrate = calibration },
        };
        var frame = Some.Frame(positiveBeyond: 2.3);
        var trained = Training.Run(
            definition,
            frame,
            Split.Of(definition, frame, Some.Start.AddDays(59)),
            2,
            _ => { },
            TestContext.Current.CancellationToken
        );

        var tooHighBy = trained.Model.Predict(frame, 2, Cancel).Values.Average() - frame.Labels.Values.Average();

        Assert.InRange(Math.Abs(tooHighBy), least, most);
    }

    [Fact]
    public void No_probability_is_a_certainty_however_well_the_classes_are_told_apart()
    {
        var frame = Some.Frame();
        for (var row = 0; row < frame.Rows; row++)
        {
            frame.Labels.Values[row] = ((NumberColumn)frame.Columns[1])[row] > 0.5 ? 1 : 0;
        }

        var trained = Training.Run(
            Some.Definition(),
            frame,
            Split.Of(Some.Definition(), frame, Some.Start.AddDays(59)),
            2,
            _ => { },
            Cancel
        );

        Assert.All(
            trained.Model.Predict(frame, 2, Cancel).Values,
            probability => Assert.InRange(probability, 0.001, 0.999)
        );
    }

    [Fact]
    public void A_regression_learns()
    {
        var (definition, frame, split, trained) = Train(ModelTask.Regression);
        var evaluation = new Evaluator(definition, null, frame, split, trained, 2, Cancel).Evaluate();

        Assert.True(evaluation.Model.Metrics["rmse"] < 0.75 * evaluation.Baseline!.Metrics["rmse"]);
        Assert.True(evaluation.GainOverBaseline!.Low > 0);
        Assert.Null(trained.Reading.Threshold);
        Assert.Equal(["mae", "mape", "r2", "rmse"], evaluation.Model.Metrics.Keys.Order());
    }

    [Fact]
    public void Golden_rows_pass_with_their_own_model_and_a_changed_answer_is_78()
    {
        var (_, frame, split, trained) = Train(ModelTask.Binary);
        var golden = GoldenRows.Of(frame, split.Holdout, trained.Encoder);
        var answers = trained.Model.Predict(golden, 2, Cancel).Values;
        var csv = GoldenRows.Write(golden, answers);
        GoldenRows.Check(csv, "golden.csv", [.. frame.Features], ModelTask.Binary, trained.Model, Cancel);

        var wrong = GoldenRows.Write(golden, Array.ConvertAll(answers, answer => answer + 2e-6));
        var fault = Assert.Throws<Fault>(() =>
            GoldenRows.Check(wrong, "golden.csv", [.. frame.Features], ModelTask.Binary, trained.Model, Cancel)
        );

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.StartsWith(
            "The model does not answer here as it did when it was trained: golden row 1 of golden.csv gives ",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Score with the version and kind of machine that trained it, or train again. Nothing was published.",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("not a model")]
    [InlineData("PK but no zip")]
    [InlineData("tree\nmax_feature_idx=0\nnum_tree_per_iteration=1\nobjective=regression\nend of trees\n")]
    public void A_model_file_that_is_none_is_78(string content)
    {
        var (_, _, _, trained) = Train(ModelTask.Binary);

        var fault = Assert.Throws<Fault>(() =>
            LoadedPackage.ModelOf(Encoding.UTF8.GetBytes(content), trained.Encoder, Trainer.LightGbm, "models/m/model")
        );

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.StartsWith(
            "models/m/model cannot be loaded by this version of Trainyard",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1, 1, 0.8)]
    [InlineData(1, 10, 0.25)]
    [InlineData(100, 1, 0.8)]
    public void The_threshold_is_that_of_the_least_cost(double falseAlarm, double miss, double expected) =>
        Assert.Equal(
            expected,
            Threshold.OfLeastCost(
                [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9],
                [false, false, true, false, true, false, true],
                new CostSpec { FalseAlarm = falseAlarm, Miss = miss }
            ),
            9
        );

    private static (Definition, Frame, Split, TrainedModel) Train(ModelTask task)
    {
        var definition = Some.Definition(task);
        var frame = Some.Frame(task: task);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));
        return (
            definition,
            frame,
            split,
            Training.Run(definition, frame, split, 2, _ => { }, TestContext.Current.CancellationToken)
        );
    }
}
