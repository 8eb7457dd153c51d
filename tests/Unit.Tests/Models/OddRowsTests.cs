using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
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

    /// <summary>As many bytes as are read of one at most, among others.</summary>
    private static readonly string[] OddTexts =
    [
        "",
        "  ",
        "!?",
        "🔥",
        "🔥👍🏽 👩‍👩‍👧",
        "один",
        "密码",
        string.Concat(Enumerable.Repeat("printer, ", TextColumn.MostBytes / 9)),
        new('x', TextColumn.MostBytes),
        "word",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every task with every trainer that can learn it.</summary>
    public static TheoryData<string, string> Models
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var task in ModelTask.All)
            {
                foreach (var trainer in task.Trainers.Where(trainer => !trainer.Chooses && !trainer.MadeElsewhere))
                {
                    data.Add(task.Name, trainer.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Whatever_is_in_the_rows_it_is_a_model_or_a_sentence(string name, string trainer)
    {
        var task = Some.Task(name);
        var random = new Random(5);
        var faults = new HashSet<string>();
        var (models, tries) = (0, trainer == "lightgbm" ? 60 : 20);
        for (var i = 0; i < tries; i++)
        {
            var (definition, frame) = OddOne(random, task, Trainer.All.Single(each => each.Name == trainer), i);
            try
            {
                var split = Split.Of(definition, frame, Some.Start.AddDays(59));
                var trained = Run(definition, frame, split);
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

        Assert.True(models >= tries / 5, $"{models} models; {string.Join('\n', faults)}");
    }

    /// <summary>What each makes of rows that tell nothing: a model that answers all of them alike, or a
    /// sentence.</summary>
    [Theory]
    [InlineData("lightgbm", null)]
    [InlineData("forest", null)]
    [InlineData("linear", null)]
    [InlineData(
        "kmeans",
        "Of the {rows} to learn from no more than 1 differ from each other, and model.options.clusters asks for 2 "
            + "clusters. Mend the rows, or ask for fewer. Nothing was changed."
    )]
    [InlineData(
        "isolation_forest",
        "Nothing can be learned from the {rows}: all that the model reads of them is the same. Mend the rows. "
            + "Nothing was changed."
    )]
    [InlineData(
        "pca",
        "Nothing can be learned from the {rows}: all that the model reads of them is the same. Mend the rows. "
            + "Nothing was changed."
    )]
    public void Rows_that_are_all_alike_are_answered_alike_or_65(string name, string? sentence)
    {
        var trainer = Trainer.All.Single(each => each.Name == name);
        foreach (var task in ModelTask.All.Where(task => task.Trainers.Contains(trainer)))
        {
            var (definition, frame) = OddOne(new Random(5), task, trainer, number: 3);
            byte[][] texts = [""u8.ToArray(), "  "u8.ToArray()];
            FrameColumn[] columns =
            [
                new NumberColumn("a", Enumerable.Repeat(7.5, frame.Rows).ToArray()),
                new CategoryColumn("c", [.. Enumerable.Repeat(1, frame.Rows)], ["only"]),
                .. trainer.ReadsTexts
                    ?
                    [
                        new TextColumn(
                            "t",
                            [.. Enumerable.Range(0, frame.Rows).Select(row => 1 + (row % 2))],
                            texts,
                            [0, 2]
                        ),
                    ]
                    : Array.Empty<FrameColumn>(),
            ];
            frame = frame with { Columns = columns };
            definition = definition with
            {
                Features = new FeaturesSpec
                {
                    Numbers = ["a"],
                    Categories = [new CategorySpec { Column = "c" }],
                    Text = trainer.ReadsTexts ? [new TextSpec { Column = "t" }] : [],
                },
            };
            var split = Split.Of(definition, frame, Some.Start.AddDays(59));

            if (sentence is not null)
            {
                var fault = Assert.Throws<Fault>(() => Run(definition, frame, split));
                Assert.Equal((ExitCode.BadData, WithRows(sentence, task, frame)), (fault.Code, fault.Message));
            }
            else
            {
                var scores = Run(definition, frame, split).Model.Predict(frame, 1, Cancel);
                Assert.All(scores.Values.Chunk(scores.Width), row => Assert.Equal(scores.Values[..scores.Width], row));
            }
        }
    }

    /// <summary>Whoever learns the task.</summary>
    [Theory]
    [InlineData("binary", "Every label in fit (cutoffs up to 2026-01-21T00:00:00Z) is positive, of {rows}: ")]
    [InlineData("multiclass", "Every label in fit (cutoffs up to 2026-01-21T00:00:00Z) is 'b', of {rows}: ")]
    [InlineData("regression", "Nothing can be learned from the {rows}: all labels are the same. ")]
    public void Labels_that_are_all_alike_are_65(string name, string beginning)
    {
        var task = Some.Task(name);
        foreach (var trainer in task.Trainers.Where(trainer => !trainer.Chooses && !trainer.MadeElsewhere))
        {
            var (definition, frame) = OddOne(new Random(5), task, trainer, number: 3);
            Array.Fill(frame.Labels.Values, 1);

            var fault = Assert.Throws<Fault>(() =>
                Run(definition, frame, Split.Of(definition, frame, Some.Start.AddDays(59)))
            );

            Assert.Equal(ExitCode.BadData, fault.Code);
            Assert.StartsWith(WithRows(beginning, task, frame), fault.Message, StringComparison.Ordinal);
            Assert.EndsWith("Nothing was changed.", fault.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A sentence about the rows of fit, which ends before validation, and before the gap where there is a
    /// label.</summary>
    private static string WithRows(string sentence, ModelTask task, Frame frame) =>
        sentence.Replace(
            "{rows}",
            Counted.Of(frame.Cutoffs.Count(cutoff => cutoff <= Some.Start.AddDays(task.LearnsLabels ? 20 : 24)), "row"),
            StringComparison.Ordinal
        );

    private static TrainedModel Run(Definition definition, Frame frame, Split split) =>
        Training.Run(definition, frame, split, 1, _ => { }, Cancel);

    private static (Definition, Frame) OddOne(Random random, ModelTask task, Trainer trainer, int number)
    {
        var rowsADay = random.Next(4) == 0 ? 1 : 1 + random.Next(30);
        var rows = 60 * rowsADay;
        var definition = Some.Definition(task);
        definition = definition with
        {
            Label = task.LearnsLabels ? definition.Label : null,
            Features = definition.Features with { Text = [new TextSpec { Column = "t", Buckets = 1 << 12 }] },
            Metric = task.Metrics.First(metric => task.LearnsLabels || !metric.NeedsLabel),
            Model = definition.Model with
            {
                Calibrate = number % 2 == 0 ? task.Calibrations[^1] : Calibration.None,
                Flag = task == ModelTask.Anomaly ? new Share(0.01) : null,
                Trainer = trainer,
                Options = (trainer == Trainer.LightGbm ? definition.Model.Options : trainer.Options) switch
                {
                    LightGbmOptions trees => trees with
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
                    ForestOptions forest => forest with { Trees = 5 },
                    KMeansOptions clusters => clusters with { Clusters = new FromTo(2, 3), Starts = 2 },
                    IsolationForestOptions forest => forest with { Trees = 10 },
                    var others => others,
                },
            },
        };
        var some = Some.Frame(60, rowsADay, task);
        return (
            definition,
            new Frame
            {
                Rows = rows,
                Columns =
                [
                    Numbers("a"),
                    Numbers("b"),
                    new CategoryColumn("c", new int[rows], []),
                    .. trainer.ReadsTexts && number % 3 > 0 ? [Texts("t")] : Array.Empty<FrameColumn>(),
                ],
                Labels = !task.LearnsLabels
                    ? Labels.Unknown(rows)
                    : new Labels(
                        [
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
                                        (_, "multiclass") => random.Next(3),
                                        _ => random.Next(2),
                                    }
                                ),
                        ],
                        task == ModelTask.Multiclass ? ["a", "b", "c"] : null
                    ),
                Cutoffs = some.Cutoffs,
                Keys = some.Keys,
            }
        );

        TextColumn Texts(string name)
        {
            byte[][] texts =
            [
                .. OddTexts.Select(System.Text.Encoding.UTF8.GetBytes),
                .. Enumerable
                    .Range(0, rows)
                    .Select(row => System.Text.Encoding.UTF8.GetBytes($"word{row} of {row % 7}")),
            ];
            var kind = random.Next(4);
            return new TextColumn(
                name,
                [
                    .. Enumerable
                        .Range(0, rows)
                        .Select(row =>
                            kind switch
                            {
                                0 => 0,
                                1 => 1 + random.Next(OddTexts.Length),
                                2 => OddTexts.Length,
                                _ => OddTexts.Length + 1 + row,
                            }
                        ),
                ],
                texts,
                [.. texts.Select(text => text.Length)]
            );
        }

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
