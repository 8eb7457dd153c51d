using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Models;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

/// <summary>Rows from which little or nothing can be learned give a model, or a sentence: never a bug.</summary>
public sealed class OddRowsTests
{
    private static readonly double[] Extremes =
    [
        0,
        -0.0,
        double.Epsilon,
        -1e-310,
        1e-40,
        1,
        16777217,
        1e15 + 1,
        1e308,
        -1e308,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.NaN,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("regression")]
    [InlineData("binary")]
    public void Whatever_is_in_the_rows_it_is_a_model_or_a_sentence(string name)
    {
        var task = Some.Task(name);
        var random = new Random(5);
        var faults = new HashSet<string>();
        var models = 0;
        for (var i = 0; i < 60; i++)
        {
            var (definition, frame) = OddOne(random, task, i);
            try
            {
                var split = Split.Of(definition, frame, Some.Start.AddDays(59));
                var trained = Training.Run(
                    definition,
                    frame,
                    split,
                    1,
                    _ => { },
                    TestContext.Current.CancellationToken
                );
                var evaluator = new Evaluator(definition, null, frame, split, trained, 1, Cancel);
                evaluator.Evaluate();
                var rows = GoldenRows.Of(frame, split.Holdout, trained.Encoder);
                var golden = GoldenRows.Write(rows, trained.Model.Predict(rows, 1, Cancel).Values);
                GoldenRows.Check(golden, "golden.csv", [.. frame.Features], task, trained.Model, Cancel);
                Assert.All(evaluator.Predictions, prediction => Assert.True(double.IsFinite(prediction)));
                models++;
            }
            catch (Fault fault)
            {
                Assert.EndsWith("Nothing was changed.", fault.Message, StringComparison.Ordinal);
                faults.Add(fault.Message);
            }
        }

        Assert.True(models > 15, $"{models} models; {string.Join('\n', faults)}");
    }

    private static (Definition, Frame) OddOne(Random random, ModelTask task, int number)
    {
        var rowsADay = random.Next(4) == 0 ? 1 : 1 + random.Next(30);
        var rows = 60 * rowsADay;
        var definition = Some.Definition(task);
        definition = definition with
        {
            Metric = task == ModelTask.Binary ? Metric.Auc : Metric.Rmse,
            Model = definition.Model with
            {
                Calibrate = task == ModelTask.Binary && number % 2 == 0 ? Calibration.Isotonic : Calibration.None,
                Options = (LightGbmOptions)definition.Model.Options with
                {
                    MaxTrees = 5,
                    RowShare = new Share(
                        random.Next(3) switch
                        {
                            0 => 0.01,
                            1 => 0.5,
                            _ => 1,
                        }
                    ),
                    FeatureShare = new Share(random.Next(2) == 0 ? 0.01 : 1),
                    MinRowsPerLeaf = random.Next(2) == 0 ? 1 : 5000,
                },
            },
        };
        var some = Some.Frame(60, rowsADay, task);
        return (
            definition,
            new Frame
            {
                Rows = rows,
                Columns = [Numbers("a"), Numbers("b"), new CategoryColumn("c", new int[rows], [])],
                Labels = new Labels([
                    .. Enumerable
                        .Range(0, rows)
                        .Select(row =>
                            (number % 5, task.Name) switch
                            {
                                (0, "regression") => 0,
                                (1, "regression") => 1e10,
                                (2, "regression") => 1e10 + (random.Next(100) * 1e-4),
                                (_, "regression") => random.Next(3),
                                (0, _) => row % 2,
                                _ => random.Next(2),
                            }
                        ),
                ]),
                Cutoffs = some.Cutoffs,
                Keys = some.Keys,
            }
        );

        NumberColumn Numbers(string name)
        {
            var kind = random.Next(4);
            return new NumberColumn(
                name,
                [
                    .. Enumerable
                        .Range(0, rows)
                        .Select(_ =>
                            kind switch
                            {
                                0 => double.NaN,
                                1 => 7.5,
                                2 => Extremes[random.Next(Extremes.Length)],
                                _ => random.NextDouble(),
                            }
                        ),
                ]
            );
        }
    }
}
