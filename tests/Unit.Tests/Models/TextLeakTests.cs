using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Models;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

/// <summary>Texts that tell nothing of labels but could be learned by heart: words by the thousand, and no two rows
/// with the same. A row that knew its own label by them would be believed by trees, and by nobody else.</summary>
public sealed class TextLeakTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Trees that read texts, with keys alone and in time.</summary>
    public static TheoryData<string, bool> Trees =>
        new()
        {
            { "lightgbm", false },
            { "lightgbm", true },
            { "forest", true },
        };

    [Theory]
    [MemberData(nameof(Trees))]
    public void Labels_at_random_stay_so(string trainer, bool inTime)
    {
        var (definition, frame) = Case(trainer, inTime, ModelTask.Binary);
        new Random(3).Shuffle(frame.Labels.Values);

        Assert.InRange(AucOf(definition, frame).Auc, 0.4, 0.6);
    }

    /// <summary>With five folds as well, all of whose rows answer for themselves.</summary>
    [Theory]
    [MemberData(nameof(Trees))]
    public void What_a_number_tells_is_learned_as_without_them(string trainer, bool inTime)
    {
        var (definition, frame) = Case(trainer, inTime, ModelTask.Binary);
        if (!inTime)
        {
            definition = definition with
            {
                Model = definition.Model with { Split = definition.Model.Split with { Folds = 3 } },
            };
        }

        var (with, size) = AucOf(definition, frame);
        var (without, _) = AucOf(
            definition with
            {
                Features = definition.Features with { Text = [] },
            },
            frame with
            {
                Columns = [.. frame.Columns.Where(column => column is not TextColumn)],
            }
        );

        Assert.True(with > without - 0.02, $"{with} with texts, {without} without");
        Assert.True(size > 5, $"{size} trees");
    }

    [Fact]
    public void An_interval_is_as_wide_as_the_errors_of_rows_that_texts_could_not_know()
    {
        var (definition, frame) = Case("lightgbm", inTime: false, ModelTask.Regression);
        definition = definition with { Model = definition.Model with { Interval = new Share(0.8) } };
        var split = Split.Of(definition, frame, to: null);

        var trained = Training.Run(definition, frame, split, 1, _ => { }, Cancel);
        var evaluation = new Evaluator(definition, null, frame, split, trained, 1, Cancel).Evaluate();

        Assert.InRange(evaluation.Coverage!.Held.Value, 0.72, 0.88);
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    [InlineData("regression")]
    public void What_texts_tell_both_fits_answer_and_the_card_and_a_package_know(string name)
    {
        var task = Some.Task(name);
        var (definition, frame) = Case("lightgbm", inTime: true, task, tells: true);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59)) with
        {
            Served = new ServedRows([.. Enumerable.Range(0, frame.Rows)], null),
        };

        var trained = Training.Run(definition, frame, split, 1, _ => { }, Cancel);
        var evaluation = new Evaluator(definition, null, frame, split, trained, 1, Cancel).Evaluate();

        Assert.Equal("said", evaluation.Importances![0].Feature);
        foreach (var fit in new[] { trained, trained.Served! })
        {
            var loaded = LoadedPackage.ModelOf(
                definition,
                [.. fit.Parts.Select(part => part.Content)],
                fit.Encoder,
                "model.json",
                fit.Model.Calibrator,
                fit.Reading
            );
            Assert.Equal(fit.Model.Predict(frame, 2, Cancel).Values, loaded.Predict(frame, 1, Cancel).Values);
            var rows = GoldenRows.Of(frame, split.Holdout, fit.Encoder);
            var golden = GoldenRows.Write(rows, fit.Model.Predict(rows, 1, Cancel).Values);
            GoldenRows.Check(golden, "golden.csv", [.. frame.Features], task, loaded, Cancel);
        }

        var fault = Assert.Throws<Fault>(() =>
            LoadedPackage.ModelOf(definition, ["{}"u8.ToArray()], trained.Encoder, "model.json", null, trained.Reading)
        );
        Assert.StartsWith("model.json cannot be loaded by this version", fault.Message, StringComparison.Ordinal);
    }

    private static (double Auc, int Size) AucOf(Definition definition, Frame frame)
    {
        var split = Split.Of(definition, frame, frame.Cutoffs.Length == 0 ? null : Some.Start.AddDays(59));
        var tried = Training.Try(definition, frame, split, measures: false, 1, _ => { }, Cancel);
        return (
            Some.Value(Some.Metric("auc"), tried.Scores.Values, frame.Labels.Of(tried.Rows), threshold: 0.5),
            tried.Size
        );
    }

    private static (Definition, Frame) Case(string trainer, bool inTime, ModelTask task, bool tells = false)
    {
        var frame = Some.Frame(rowsADay: 25, task: task == ModelTask.Binary ? task : ModelTask.Regression);
        if (task == ModelTask.Multiclass)
        {
            frame = frame with
            {
                Labels = new Labels(
                    [.. frame.Labels.Values.Select(value => Math.Clamp((int)value, 0, 2))],
                    ["a", "b", "c"]
                ),
            };
        }

        var random = new Random(11);
        byte[][] texts =
        [
            .. Enumerable
                .Range(0, frame.Rows)
                .Select(row =>
                    Encoding.UTF8.GetBytes(
                        string.Join(' ', Enumerable.Range(0, 8).Select(_ => $"w{random.Next(1500)}"))
                            + (tells ? $" level{(int)(4 * frame.Labels.Values[row])}" : "")
                    )
                ),
        ];
        var definition = Some.Definition(
            task,
            inTime ? "day" : null,
            inTime
                ? null
                : new SplitSpec
                {
                    By = SplitBy.Key,
                    Validation = new SplitSize(default, new Share(0.25)),
                    Holdout = new SplitSize(default, new Share(0.25)),
                }
        );
        return (
            definition with
            {
                Features = definition.Features with { Text = [new TextSpec { Column = "said", Buckets = 1 << 14 }] },
                Model = definition.Model with
                {
                    Trainer = Trainer.All.Single(each => each.Name == trainer),
                    Options = trainer == "forest" ? new ForestOptions { Trees = 60 } : definition.Model.Options,
                },
            },
            frame with
            {
                Cutoffs = inTime ? frame.Cutoffs : [],
                Columns =
                [
                    .. frame.Columns,
                    new TextColumn(
                        "said",
                        [.. Enumerable.Range(1, frame.Rows)],
                        texts,
                        [.. texts.Select(text => text.Length)]
                    ),
                ],
            }
        );
    }
}
