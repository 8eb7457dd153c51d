using System.Globalization;
using System.Text;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Trainers.LightGbm;

/// <summary>The fits of a training, which share their bins: these are learned once, on all rows that the training
/// knows.</summary>
internal sealed class LightGbmTraining(LightGbmOptions said) : ITraining
{
    private BinnedRows? _rows;

    public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
    {
        DemandLearnable(lesson);
        var options = LightGbmRule.Fill(said, lesson.Known.Length, lesson.Rows.Columns.Count);
        OpenMp.Prepare(lesson.Threads);
        try
        {
            if (_rows?.AreOf(lesson) != true)
            {
                _rows?.Dispose();
                _rows = null;
                _rows = BinnedRows.Of(lesson, BinsOf(lesson), cancel);
            }

            using var learned = _rows.Take(lesson.Learned, lesson.Targets);
            using var validation = lesson.Validation is { } rows ? _rows.Take(rows, lesson.Targets) : null;
            var boosting = OptionsOf(lesson, options);
            BoostedModel[] models =
            [
                .. Enumerable
                    .Range(0, options.Seeds!.Value)
                    .Select(seed =>
                        Boosting.Fit(
                            learned,
                            validation,
                            boosting with
                            {
                                Seed = options.Seed + seed,
                            },
                            round => progress?.Report(Of(seed, options) + Tell(round, boosting, lesson)),
                            cancel
                        )
                    ),
            ];
            return new Fitted(
                Math.Max(1, Middle([.. models.Select(model => model.Rounds)])),
                LightGbmScorer.Load(
                    Encoding.UTF8.GetBytes(FiniteThresholds.In(MeanText.Of([.. models.Select(model => model.Text)]))),
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

    private void DemandLearnable(Lesson lesson)
    {
        if (said.RowShare is { } share && lesson.Learned.Length * share.Value < 1)
        {
            throw Fault.BadData(
                $"There are {lesson.Learned.Length} rows to learn from, of which model.options.row_share leaves less "
                    + "than one to a tree. Give it more rows, or leave row_share out. Nothing was changed."
            );
        }

        lesson.DemandDifferentLabels();
    }

    private BinningOptions BinsOf(Lesson lesson) =>
        new()
        {
            Categorical = said.Levels == LevelSplits.Sets ? lesson.OfLevels : [],
            Seed = said.Seed,
            Threads = OpenMp.ThreadsOf(lesson),
        };

    private static BoostingOptions OptionsOf(Lesson lesson, LightGbmOptions options) =>
        new()
        {
            Objective = Objectives.Of(lesson.Objective),
            Metric = lesson.Validation is null ? "None" : Objectives.MetricOf(lesson.Objective),
            Rounds = lesson.Size ?? options.MaxTrees,
            EarlyStopping = lesson.Validation is null ? 0 : options.EarlyStopping!.Value,
            Leaves = options.Leaves!.Value,
            LearningRate = options.LearningRate!.Value,
            MinRowsPerLeaf = options.MinRowsPerLeaf!.Value,
            L2 = options.L2!.Value,
            FeatureShare = options.FeatureShare!.Value.Value,
            RowShare = options.RowShare!.Value.Value,
            Monotone = lesson.Directions,
            Seed = options.Seed,
            Threads = OpenMp.ThreadsOf(lesson),
        };

    /// <summary>Of two in the middle the lower one.</summary>
    private static int Middle(int[] rounds) => rounds.Order().ElementAt((rounds.Length - 1) / 2);

    private static string Of(int seed, LightGbmOptions options) =>
        options.Seeds > 1 ? $"seed {seed + 1} of {options.Seeds}, " : "";

    private static string Tell(BoostingRound round, BoostingOptions boosting, Lesson lesson) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{round.Rounds} of {(boosting.EarlyStopping > 0 ? "at most " : "")}{boosting.Rounds} trees"
        )
        + (
            round.Metric is { } metric
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $", {lesson.Objective.Watches.Title} {metric:G5} on validation"
                )
                : ""
        );
}
