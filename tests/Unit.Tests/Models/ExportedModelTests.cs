using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Trainyard.Learning.Data;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Steps.Score.Exporting;

namespace Trainyard.Tests.Models;

/// <summary>What others answer with a model that was exported.</summary>
public sealed class ExportedModelTests
{
    private const double Equal = 1e-9;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Models
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var task in ModelTask.All.Where(task => task.LearnsLabels))
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
    public void Others_answer_as_we_do(string task, string trainer) =>
        HoldAgainst(DefinitionOf(task, trainer), FrameOf(Some.Task(task)));

    [Fact]
    public void Splits_on_sets_of_levels_are_theirs_too()
    {
        var definition = DefinitionOf("regression");
        var options = (LightGbmOptions)definition.Model.Options with { Levels = LevelSplits.Sets };
        var model = HoldAgainst(
            definition with
            {
                Model = definition.Model with { Options = options },
            },
            FrameOf(ModelTask.Regression)
        );

        Assert.Contains(model.Notes, note => note.Label == "Levels");
    }

    [Theory]
    [InlineData("lightgbm")]
    [InlineData("forest")]
    public void Intervals_are_theirs_too(string trainer)
    {
        var definition = DefinitionOf("regression", trainer);
        HoldAgainst(
            definition with
            {
                Model = definition.Model with { Interval = new Share(0.8) },
            },
            FrameOf(ModelTask.Regression)
        );
    }

    [Theory]
    [InlineData(Aim.Poisson, "lightgbm")]
    [InlineData(Aim.Tweedie, "linear")]
    public void Logarithms_become_values_there(Aim aim, string trainer)
    {
        var definition = DefinitionOf("regression", trainer);
        var frame = FrameOf(ModelTask.Regression);
        HoldAgainst(
            definition with
            {
                Model = definition.Model with { Objective = aim },
            },
            frame with
            {
                Labels = new Labels(Array.ConvertAll(frame.Labels.Values, Math.Abs)),
            }
        );
    }

    [Fact]
    public void The_cheapest_class_is_predicted_and_a_temperature_counts()
    {
        var definition = DefinitionOf("multiclass");
        HoldAgainst(
            definition with
            {
                Model = definition.Model with
                {
                    Calibrate = Calibration.Temperature,
                    Cost = new Dictionary<string, IReadOnlyDictionary<string, double>>
                    {
                        ["low"] = new Dictionary<string, double> { ["high"] = 7, ["middle"] = 0.2 },
                        ["high"] = new Dictionary<string, double> { ["low"] = 3 },
                    },
                },
            },
            FrameOf(ModelTask.Multiclass)
        );
    }

    [Theory]
    [InlineData("lightgbm")]
    [InlineData("forest")]
    public void Many_classes_are_theirs_too(string trainer)
    {
        const int classes = 40;
        var frame = FrameOf(ModelTask.Regression);
        double[] sorted = [.. frame.Labels.Values.Order()];
        double ClassOf(double label) => Array.BinarySearch(sorted, label) * classes / sorted.Length;
        var labels = Array.ConvertAll(frame.Labels.Values, ClassOf);
        string[] names = [.. Enumerable.Range(0, classes).Select(code => $"class {code:00}")];
        HoldAgainst(DefinitionOf("multiclass", trainer), frame with { Labels = new Labels(labels, names) });
    }

    [Theory]
    [InlineData(Scaling.Standard)]
    [InlineData(Scaling.None)]
    public void Clusters_have_their_numbers_there(Scaling scale)
    {
        var some = DefinitionOf("regression");
        HoldAgainst(
            some with
            {
                Label = null,
                Metric = Metric.Silhouette,
                Model = new ModelSpec
                {
                    Task = ModelTask.Clustering,
                    Options = new KMeansOptions
                    {
                        Clusters = new FromTo(3, 3),
                        Starts = 1,
                        Scale = scale,
                    },
                    Split = some.Model.Split,
                },
            },
            FrameOf(ModelTask.Regression),
            names: ["3", "1", "8"]
        );
    }

    [Fact]
    public void An_answer_that_is_called_as_a_column_gets_another_name()
    {
        var frame = FrameOf(ModelTask.Regression);
        frame = frame with { Columns = [new NumberColumn("value", Numbers(frame, "noise")), .. frame.Columns.Skip(1)] };
        var (definition, split) = (DefinitionOf("regression"), SplitOf(DefinitionOf("regression"), frame));
        var trained = Training.Run(definition, frame, split, 2, _ => { }, Cancel);

        var graph = ExportedModel.GraphOf(
            ModelTask.Regression,
            trained.Model,
            trained.Reading,
            _ => ColumnType.Double
        )!;

        Assert.Equal("value", graph.Inputs[0].Name);
        Assert.Equal("value_answer", Assert.Single(graph.Outputs).Name);
        using var session = new InferenceSession(OnnxFile.Of(graph, "1", []));
        Assert.Equal(["value_answer"], session.OutputMetadata.Keys);
    }

    private static Learning.Scoring.ScoringModel HoldAgainst(Definition definition, Frame frame, string[]? names = null)
    {
        var (kind, task) = (definition.Model.Task, LearningTasks.Of(definition.Model.Task));
        var trained = Training.Run(definition, frame, SplitOf(definition, frame), 2, _ => { }, Cancel);
        trained = trained with { Reading = trained.Reading with { Classes = names ?? trained.Reading.Classes } };
        var asked = Odd(frame);

        var ours = task.Answer(definition.Model, trained.Model.Predict(asked, 1, Cancel), trained.Reading, null);
        var graph = ExportedModel.GraphOf(
            kind,
            trained.Model,
            trained.Reading,
            name => frame.Find(name) is CategoryColumn { HasNumbers: false } ? ColumnType.Text : ColumnType.Double
        )!;
        using var theirs = Run(OnnxFile.Of(graph, "1", []), asked, graph);

        var told = theirs.ToDictionary(each => each.Name);
        Assert.Equal(graph.Outputs.Select(output => output.Name), told.Keys);
        if (kind == ModelTask.Regression)
        {
            foreach (var (place, name) in graph.Outputs.Select(output => output.Name).Index())
            {
                AreEqual(ours.Scores.Column(place), Of<double>(name));
            }
        }
        else if (kind == ModelTask.Binary)
        {
            AreEqual(ours.Ranking, Of<double>("probability"));
            Assert.Equal(ours.Classes!.Chosen.Select(chosen => chosen == 1), Of<bool>("predicted"));
        }
        else if (kind == ModelTask.Clustering)
        {
            AreEqual(ours.Ranking, Of<double>("distance"));
            Assert.Equal(ours.Classes!.Chosen.Select(chosen => names![chosen]), Of<long>("cluster").Select(Text));
        }
        else
        {
            AreEqual(ours.Ranking, Of<double>("probability"));
            var classes = trained.Reading.Classes!;
            Assert.Equal(ours.Classes!.Chosen.Select(chosen => classes[chosen]), Of<string>("predicted"));
            AreEqual(
                [
                    .. Enumerable
                        .Range(0, asked.Rows)
                        .SelectMany(row => classes.Select((_, code) => ours.Classes.ProbabilityOf(row, code))),
                ],
                Of<double>("probabilities")
            );
        }

        // What is answered alike whatever is asked would show nothing.
        Assert.True(ours.Ranking.Distinct().Count() > 20);
        return trained.Model;

        static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

        T[] Of<T>(string name) => [.. told[name].AsTensor<T>()];
    }

    private static void AreEqual(double[] ours, double[] theirs)
    {
        Assert.Equal(ours.Length, theirs.Length);
        Assert.All(
            ours.Zip(theirs),
            pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Equal * Math.Max(1, Math.Abs(pair.First)))
        );
    }

    private static IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(byte[] onnx, Frame frame, Graph graph)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(onnx, options);
        return session.Run([
            .. graph.Inputs.Select(input =>
                input.Type == GraphType.Text
                    ? NamedOnnxValue.CreateFromTensor(
                        input.Name,
                        new DenseTensor<string>(Texts(frame, input), [frame.Rows, 1])
                    )
                    : NamedOnnxValue.CreateFromTensor(
                        input.Name,
                        new DenseTensor<double>(Numbers(frame, input.Name), [frame.Rows, 1])
                    )
            ),
        ]);
    }

    private static double[] Numbers(Frame frame, string name) =>
        [
            .. Enumerable
                .Range(0, frame.Rows)
                .Select(row =>
                    frame.Find(name) switch
                    {
                        CategoryColumn category => category.Codes[row] == 0
                            ? double.NaN
                            : double.Parse(
                                category.Levels[category.Codes[row] - 1],
                                System.Globalization.CultureInfo.InvariantCulture
                            ),
                        var number => ((NumberColumn)number!)[row],
                    }
                ),
        ];

    private static string[] Texts(Frame frame, GraphField input)
    {
        var category = (CategoryColumn)frame.Find(input.Name)!;
        var missing = input.About == "null is the empty text" ? "" : input.About!.Split('\'')[1];
        return Array.ConvertAll(category.Codes, code => code == 0 ? missing : category.Levels[code - 1]);
    }

    private static Definition DefinitionOf(string task, string trainer = "lightgbm")
    {
        var definition = Some.Definition(Some.Task(task)).LearnedBy(Trainer.All.Single(each => each.Name == trainer));
        return definition with
        {
            Model = definition.Model with
            {
                Options = definition.Model.Options switch
                {
                    LightGbmOptions trees => trees with { MaxTrees = 25, Leaves = 7 },
                    ForestOptions forest => forest with { Trees = 25, Leaves = 20 },
                    var others => others,
                },
            },
        };
    }

    private static Split SplitOf(Definition definition, Frame frame) =>
        Split.Of(definition, frame, Some.Start.AddDays(59));

    /// <summary>Numbers that 32 bits hold and such that they do not, levels that are texts, numbers, empty and
    /// many.</summary>
    private static Frame FrameOf(ModelTask task)
    {
        var (frame, random) = (Some.Frame(task: ModelTask.Regression), new Random(11));
        var (wide, grade, word, many) = (new double[frame.Rows], Codes(3), Codes(3), Codes(60));
        for (var row = 0; row < frame.Rows; row++)
        {
            wide[row] = row % 17 == 0 ? double.NaN : 1e9 + (random.Next(1000) / 1000.0);
            frame.Labels.Values[row] +=
                (frame.Columns[0].IsNull(row) ? 0.9 : 0)
                + (double.IsNaN(wide[row]) ? 0.5 : wide[row] - 1e9)
                + (0.3 * grade[row])
                + (word[row] == 1 ? 0.4 : 0)
                + (many[row] % 7 == 3 ? 0.8 : 0);
        }

        double[] sorted = [.. frame.Labels.Values.Order()];
        return frame with
        {
            Columns =
            [
                .. frame.Columns,
                new NumberColumn("wide", wide),
                new CategoryColumn("grade", grade, ["1", "2.5", "-30"]) { HasNumbers = true },
                new CategoryColumn("word", word, ["", "é and more", "two words"]),
                new CategoryColumn("many", many, [.. Enumerable.Range(0, 60).Select(level => $"level {level}")]),
            ],
            Labels =
                task == ModelTask.Regression ? frame.Labels
                : task == ModelTask.Binary
                    ? new Labels(Array.ConvertAll(frame.Labels.Values, label => label > sorted[^800] ? 1.0 : 0))
                : new Labels(
                    Array.ConvertAll(
                        frame.Labels.Values,
                        label =>
                            label > sorted[^800] ? 0.0
                            : label > sorted[700] ? 2
                            : 1
                    ),
                    ["high", "low", "middle"]
                ),
        };

        // 0 is null.
        int[] Codes(int levels) => [.. Enumerable.Range(0, frame.Rows).Select(_ => random.Next(levels + 1))];
    }

    /// <summary>The same rows, and in some of them what no row to learn from had.</summary>
    private static Frame Odd(Frame frame)
    {
        double[] odd = [double.PositiveInfinity, double.NegativeInfinity, 1e-40, -1e-40, 1e300, 0, -0.0, 1L << 24, 0.1];
        return frame with
        {
            Columns =
            [
                .. frame.Columns.Select(
                    (column, place) =>
                        column switch
                        {
                            NumberColumn number => (FrameColumn)
                                new NumberColumn(
                                    column.Name,
                                    [
                                        .. Enumerable
                                            .Range(0, frame.Rows)
                                            .Select(row =>
                                                (row + place) % 5 == 0 ? odd[row / 5 % odd.Length] : number[row]
                                            ),
                                    ]
                                ),
                            CategoryColumn category => category with
                            {
                                Levels = [.. category.Levels, category.HasNumbers ? "77" : "never seen"],
                                Codes =
                                [
                                    .. category.Codes.Select(
                                        (code, row) => row % 11 == place ? category.Levels.Count + 1 : code
                                    ),
                                ],
                            },
                            _ => column,
                        }
                ),
            ],
        };
    }
}
