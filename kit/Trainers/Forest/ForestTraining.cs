using System.Globalization;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm;
using Trainyard.Trainers.LightGbm.Native;
using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Trainers.Forest;

/// <summary>The fits of a training, which share their bins. A tree's leaves hold means (or quantiles) of their rows, so
/// whatever is to be the answer is learned as it is: a probability is the mean of a label that is 0 or 1.</summary>
internal sealed class ForestTraining(ForestOptions options) : ITraining
{
    private BinnedRows? _rows;

    public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
    {
        if (lesson.Learned.Length * options.RowShare.Value < 1)
        {
            throw Fault.BadData(
                $"There are {lesson.Learned.Length} rows to learn from, of which model.options.row_share leaves less "
                    + "than one to a tree. Give it more rows, or leave row_share out. Nothing was changed."
            );
        }

        lesson.DemandDifferentLabels();
        OpenMp.Prepare(lesson.Threads);
        try
        {
            if (_rows?.AreOf(lesson) != true)
            {
                _rows?.Dispose();
                _rows = null;
                _rows = BinnedRows.Of(
                    lesson,
                    new BinningOptions { Seed = options.Seed, Threads = OpenMp.ThreadsOf(lesson) },
                    cancel
                );
            }

            // A forest a class, of the same rows tree by tree.
            var width = lesson.Objective.Width;
            var growing = OptionsOf(lesson);
            string[] texts =
            [
                .. Enumerable
                    .Range(0, width)
                    .Select(place =>
                    {
                        using var learned = _rows.Take(lesson.Learned, TargetsOf(lesson, place));
                        var grown = Boosting.Fit(
                            learned,
                            validation: null,
                            growing,
                            round => progress?.Report(Tell(round.Rounds, growing.Rounds, place, width)),
                            cancel
                        );
                        return lesson.Objective.Learns switch
                        {
                            { Kind: LossKind.Absolute } => LeafQuantiles.In(grown.Text, lesson, 0.5, cancel),
                            { Kind: LossKind.Quantile, Parameter: var level } => LeafQuantiles.In(
                                grown.Text,
                                lesson,
                                level,
                                cancel
                            ),
                            _ => ForestText.Whole(grown.Text, () => AverageOf(learned, growing)),
                        };
                    }),
            ];
            return new Fitted(
                growing.Rounds,
                ForestScorer.Load(
                    ForestText.Of(texts, lesson.Objective.Learns.Kind),
                    lesson.Rows.Columns.Count,
                    "What was learned"
                )
            );
        }
        catch (Exception failed) when (LibraryFault.Of(failed, lesson) is { } fault)
        {
            throw fault;
        }
    }

    public void Dispose() => _rows?.Dispose();

    /// <summary>Of a class, whether a row is of it.</summary>
    private static Targets TargetsOf(Lesson lesson, int place) =>
        lesson.Objective.Learns.Kind == LossKind.Softmax
            ? new Targets(
                Array.ConvertAll(lesson.Targets.Labels, label => label == place ? 1.0 : 0.0),
                RowWeights: lesson.Targets.HasWeights
                    ? [.. Enumerable.Range(0, lesson.Targets.Labels.Length).Select(lesson.Targets.WeightOf)]
                    : null
            )
            : lesson.Targets;

    private BoostingOptions OptionsOf(Lesson lesson) =>
        new()
        {
            IsForest = true,
            Objective = BoostingObjective.Regression,
            Rounds = lesson.Size ?? options.Trees,
            Leaves = options.Leaves,
            MinRowsPerLeaf = options.MinRowsPerLeaf,
            MinHessianPerLeaf = 0,
            L2 = options.L2 ?? (MayBeNothing(lesson.Objective.Learns.Kind) ? 0 : 1),
            FeatureShareOfSplit = options.FeatureShare.Value,
            RowShare = options.RowShare.Value,
            Monotone = lesson.Directions,
            Drawn = DrawnOf(lesson),
            Seed = options.Seed,
            Threads = OpenMp.ThreadsOf(lesson),
        };

    /// <summary>A split that draws columns in which all rows are alike, and no other, would leave its rows
    /// unparted.</summary>
    private static int[] DrawnOf(Lesson lesson)
    {
        int[] telling =
        [
            .. Enumerable
                .Range(0, lesson.Rows.Columns.Count)
                .Where(column =>
                {
                    var values = lesson.Rows.Columns[column];
                    return Array.Exists(lesson.Learned, row => !values[row].Equals(values[lesson.Learned[0]]));
                }),
        ];
        return telling.Length < lesson.Rows.Columns.Count ? telling : [];
    }

    /// <summary>What LightGBM begins with: the tree that boosting has where no leaf may be.</summary>
    private static double AverageOf(NativeDataset learned, BoostingOptions growing) =>
        ModelText
            .Read(
                Boosting
                    .Fit(
                        learned,
                        validation: null,
                        growing with
                        {
                            IsForest = false,
                            Rounds = 1,
                            RowShare = 1,
                            MinRowsPerLeaf = int.MaxValue,
                        }
                    )
                    .Text
            )
            .Trees[0]
            .LeafValues[0];

    /// <summary>Whether an answer of 0 says no more than any other: of probabilities and of means that are never
    /// negative it says that something is impossible.</summary>
    private static bool MayBeNothing(LossKind kind) =>
        kind is LossKind.Squared or LossKind.Absolute or LossKind.Quantile;

    private static string Tell(int trees, int all, int place, int width) =>
        string.Create(CultureInfo.InvariantCulture, $"{trees} of {all} trees")
        + (width == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" for class {place + 1} of {width}"));
}
