using Trainyard.Learning.Splits;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

public sealed class SplitTests
{
    [Fact]
    public void Parts_follow_each_other_in_time_with_gaps_between_them()
    {
        var frame = Some.Frame(days: 60, rowsADay: 10);

        var split = Split.Of(Some.Definition(), frame, Some.Start.AddDays(59));

        // The window ends with day 59: holdout 35 to 59, validation the ten days 23 to 32, and two days before each
        // are a gap.
        Assert.Equal((0, 20), Days(split.Fit));
        Assert.Equal((23, 32), Days(split.Validation));
        Assert.Equal((35, 59), Days(split.Holdout));
        Assert.Equal(
            (210, 100, 250, 40),
            (split.Card.FitRows, split.Card.ValidationRows, split.Card.HoldoutRows, split.Card.GapRows)
        );
        Assert.Equal(Some.Start.AddDays(32), split.LearnedThrough);
        Assert.Equal(600, split.Card.Timeline.Sum(period => period.Rows));

        (int, int) Days(int[] rows) => (rows.Min() / 10, rows.Max() / 10);
    }

    [Fact]
    public void Rows_without_a_label_are_dropped_and_counted()
    {
        var frame = Some.Frame(days: 60, rowsADay: 10);
        frame.Labels.Values[0] = frame.Labels.Values[1] = frame.Labels.Values[599] = double.NaN;

        var split = Split.Of(Some.Definition(), frame, Some.Start.AddDays(59));

        Assert.Equal(
            (3, 1, 208, 249),
            (split.Card.NullLabels, split.Card.NullLabelsInHoldout, split.Fit.Length, split.Holdout.Length)
        );
    }

    [Fact]
    public void Without_time_keys_are_divided_by_their_hash_whatever_their_order()
    {
        var definition = Some.Definition(
            cutoff: null,
            split: new SplitSpec
            {
                Validation = new SplitSize(default, new Share(0.15)),
                Holdout = new SplitSize(default, new Share(0.25)),
            }
        );
        var frame = Some.Frame(days: 100, rowsADay: 100);
        var without = new Trainyard.Learning.Data.Frame
        {
            Rows = frame.Rows,
            Columns = frame.Columns,
            Labels = frame.Labels,
            Cutoffs = [],
            Keys = frame.Keys,
        };

        var split = Split.Of(definition, without, to: null);

        Assert.InRange(split.Holdout.Length, 2400, 2600);
        Assert.InRange(split.Validation.Length, 1400, 1600);
        Assert.All(split.Holdout, row => Assert.True(Split.IsHoldout(frame.Keys[row], definition.Model.Split)));
        Assert.Null(split.LearnedThrough);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, 3)]
    public void Folds_of_all_that_is_learned_stand_in_for_validation(int said, int? folds)
    {
        var definition = Some.Definition(
            cutoff: null,
            split: new SplitSpec
            {
                By = SplitBy.Key,
                Folds = said,
                Validation = new SplitSize(default, new Share(0.15)),
                Holdout = new SplitSize(default, new Share(0.15)),
            }
        );
        var frame = Some.Frame(days: 10, rowsADay: 30) with { Cutoffs = [] };

        var split = Split.Of(definition, frame, to: null);

        Assert.Equal(folds, split.Card.Folds);
        Assert.Equal(folds ?? 1, split.Tries.Count);
        Assert.Equal(folds is null, split.Validation.Length > 0);
        Assert.Equal(split.Validation.Length, split.Card.ValidationRows);
        Assert.Equal(frame.Rows, split.Learned.Length + split.Holdout.Length);
        Assert.Equal(
            folds is null ? split.Validation : split.Learned,
            split.Tries.SelectMany(fold => fold.Answered).Order()
        );
        Assert.All(split.Tries, fold => Assert.Empty(fold.Learned.Intersect(fold.Answered)));
    }

    [Fact]
    public void In_time_folds_are_learned_up_to_the_gap_before_the_holdout()
    {
        var definition = Some.Definition();
        definition = definition with
        {
            Model = definition.Model with { Split = definition.Model.Split with { Folds = 4 } },
        };
        var frame = Some.Frame(days: 60, rowsADay: 10);

        var split = Split.Of(definition, frame, Some.Start.AddDays(59));

        Assert.Equal((330, 0, 250, 20), Counts(split.Card));
        Assert.Equal(4, split.Tries.Count);
        Assert.All(
            split.Tries,
            fold =>
                Assert.True(
                    fold.Learned.Max(row => frame.Cutoffs[row]).AddDays(2)
                        < fold.Answered.Min(row => frame.Cutoffs[row])
                )
        );
        Assert.Equal(Some.Start.AddDays(32), split.LearnedThrough);

        static (long, long, long, long) Counts(Trainyard.Registry.SplitCard card) =>
            (card.FitRows, card.ValidationRows, card.HoldoutRows, card.GapRows);
    }

    [Fact]
    public void Folds_whose_rows_to_learn_are_all_alike_are_left_out_and_none_is_65()
    {
        var definition = Some.Definition(cutoff: null, split: new SplitSpec { By = SplitBy.Key, Folds = 2 });
        var frame = Some.Frame(days: 10, rowsADay: 10) with { Cutoffs = [] };
        Array.Clear(frame.Labels.Values);
        var learned = Enumerable
            .Range(0, frame.Rows)
            .First(row => !Split.IsHoldout(frame.Keys[row], definition.Model.Split));
        frame.Labels.Values[learned] = 1;

        var split = Split.Of(definition, frame, to: null);

        Assert.Contains(learned, Assert.Single(split.Tries).Learned);
    }

    [Fact]
    public void An_empty_part_and_a_part_of_one_class_are_65_in_words()
    {
        var frame = Some.Frame(days: 10, rowsADay: 10);
        var empty = Assert.Throws<Fault>(() => Split.Of(Some.Definition(), frame, Some.Start.AddDays(9)));
        Assert.Equal(
            (
                ExitCode.BadData,
                "No row with a label is in fit (cutoffs up to 2025-12-02T00:00:00Z), of 100 rows of which 0 "
                    + "have none. Mend the rows, or give model.split other sizes. Nothing was changed."
            ),
            (empty.Code, empty.Message)
        );

        var equal = Some.Frame(days: 60, rowsADay: 10);
        Array.Clear(equal.Labels.Values);
        var one = Assert.Throws<Fault>(() => Split.Of(Some.Definition(), equal, Some.Start.AddDays(59)));
        Assert.Equal(
            (
                ExitCode.BadData,
                "All 210 labels in fit (cutoffs up to 2026-01-21T00:00:00Z) are negative: there is nothing to "
                    + "tell apart. Mend the rows, or give model.split other sizes. Nothing was changed."
            ),
            (one.Code, one.Message)
        );
    }
}
