using Trainyard.Learning.Splits;
using Trainyard.Models;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

public sealed class ChoosingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Of few rows all are answered in folds, to choose; of the larger table the others are tried on a sample,
    /// of which each fold learns its part.</summary>
    [Theory]
    [InlineData(20, 1, "in folds")]
    [InlineData(200, 1, "on validation")]
    [InlineData(500, 1, "on validation")]
    [InlineData(500, 2, "in folds")]
    public void The_best_of_them_goes_on_as_if_the_spec_had_named_it(int rowsADay, int folds, string held)
    {
        var definition = Auto(ModelTask.Regression);
        definition = definition with
        {
            Model = definition.Model with { Split = definition.Model.Split with { Folds = folds } },
        };
        var frame = Some.Frame(rowsADay: rowsADay, task: ModelTask.Regression);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));
        var said = new List<string>();

        var trained = Training.Run(definition, frame, split, 2, said.Add, Cancel);

        Assert.Equal([Trainer.LightGbm, Trainer.Linear, Trainer.Forest], trained.Tried!.Select(each => each.Trainer));
        Assert.All(trained.Tried!, each => Assert.Equal(held == "in folds", each.Folds is not null));
        var chosen = Assert.Single(trained.Tried!, each => each.Chosen);
        Assert.Equal(trained.Tried!.Min(each => each.Value), chosen.Value);
        Assert.Equal(Trainer.Linear, chosen.Trainer);
        Assert.Equal(chosen.Trainer, trained.Trainer);
        Assert.Equal(folds, split.Tries.Count);
        var all = split.Tries.Max(fold => fold.Learned.Length);
        var drawn = RowsToTry.Of(definition, frame, split);
        var tried = drawn.Split.Tries.Max(fold => fold.Learned.Length);
        var isLarge = rowsADay == 500;
        Assert.Equal(rowsADay == 20 ? 5 : folds, drawn.Split.Tries.Count);
        Assert.Equal(rowsADay == 20, drawn.Answered is null);
        Assert.Equal(isLarge, tried < all && rowsADay > 20);
        Assert.All(drawn.Split.Tries, fold => Assert.InRange(fold.Learned.Length, 200, RowsToTry.Most));
        Assert.All(drawn.Split.Tries, fold => Assert.Empty(fold.Learned.Intersect(fold.Answered)));
        Assert.Equal([rowsADay == 20 ? tried : all, tried, tried], trained.Tried!.Select(each => each.Rows));
        Assert.Contains(
            said,
            words => words.StartsWith($"Going on with linear: RMSE {held} is ", StringComparison.Ordinal)
        );
        Assert.Equal(isLarge, said.Contains($"Trying linear with {tried} rows, to choose", StringComparer.Ordinal));

        var named = Training.Run(definition.LearnedBy(Trainer.Linear), frame, split, 2, _ => { }, Cancel);
        Assert.Null(named.Tried);
        Assert.Equal(named.Parts.Select(part => part.Content), trained.Parts.Select(part => part.Content));
    }

    /// <summary>Of noise some trainer knows more than the first, but not surely.</summary>
    [Fact]
    public void The_first_stays_where_another_is_better_by_no_more_than_chance()
    {
        var definition = Auto(ModelTask.Regression);
        var frame = Some.Frame(task: ModelTask.Regression);
        new Random(3).Shuffle(frame.Labels.Values);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59)) with { Served = null };
        var said = new List<string>();

        var trained = Training.Run(definition, frame, split, 2, said.Add, Cancel);

        var better = trained.Tried!.Where(each => each.Value < trained.Tried![0].Value).ToList();
        Assert.NotEmpty(better);
        Assert.All(better, each => Assert.True(trained.Tried![0].Value - each.Value < each.Error));
        Assert.Equal(Trainer.LightGbm, trained.Trainer);
        Assert.Equal([true, false, false], trained.Tried!.Select(each => each.Chosen));
        Assert.Contains(
            said,
            words => words.EndsWith("; none is better by more than its error", StringComparison.Ordinal)
        );
    }

    /// <summary>What was counted began after twenty days: of a fold that learns those alone nobody learns
    /// anything.</summary>
    [Fact]
    public void Where_a_fold_would_learn_labels_that_are_all_alike_validation_chooses()
    {
        var definition = Auto(ModelTask.Regression);
        var frame = Some.Frame(rowsADay: 20, task: ModelTask.Regression);
        foreach (var (row, cutoff) in frame.Cutoffs.Index())
        {
            frame.Labels.Values[row] *= cutoff < Some.Start.AddDays(20) ? 0 : 1;
        }

        var split = Split.Of(definition, frame, Some.Start.AddDays(59));

        Assert.NotNull(RowsToTry.Of(definition, frame, split).Answered);
        Assert.NotNull(Training.Run(definition, frame, split, 2, _ => { }, Cancel).Tried);
    }

    /// <summary>All rows have something to learn, those that were drawn have nothing: the first goes on.</summary>
    [Fact]
    public void What_was_drawn_and_is_all_alike_is_not_tried()
    {
        var definition = Auto(ModelTask.Regression);
        var frame = Some.Frame(rowsADay: 1100, task: ModelTask.Regression);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59)) with { Served = null };
        var drawn = RowsToTry.Of(definition, frame, split).Frame.Keys.ToHashSet();
        Array.Clear(frame.Labels.Values);
        frame.Labels.Values[split.Fit.First(row => !drawn.Contains(frame.Keys[row]))] = 1;
        var said = new List<string>();

        var trained = Training.Run(definition, frame, split, 2, said.Add, Cancel);

        Assert.Equal(Trainer.LightGbm, trained.Trainer);
        Assert.Contains($"Not trying linear: the labels of {RowsToTry.Most} rows drawn are all 0", said);
    }

    /// <summary>What is held against each other is held against the same rows.</summary>
    [Fact]
    public void What_is_drawn_of_a_large_table_are_its_rows()
    {
        var definition = Auto(ModelTask.Regression);
        var frame = Some.Frame(rowsADay: 1100, task: ModelTask.Regression);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));

        var rows = RowsToTry.Of(definition, frame, split);

        var (drawn, whole) = (Assert.Single(rows.Split.Tries), Assert.Single(split.Tries));
        Assert.Equal((RowsToTry.Most, RowsToTry.Most), (drawn.Learned.Length, drawn.Answered.Length));
        Assert.Equal(2 * RowsToTry.Most, rows.Frame.Rows);
        var answered = Assert.Single(rows.Answered!);
        Assert.Empty(answered.Except(whole.Answered));
        Assert.Equal(answered.Select(row => frame.Keys[row]), drawn.Answered.Select(row => rows.Frame.Keys[row]));
        Assert.Equal(frame.Labels.Of(answered), rows.Frame.Labels.Of(drawn.Answered));
        Assert.Equal(answered.Select(row => frame.Cutoffs[row]), drawn.Answered.Select(row => rows.Frame.Cutoffs[row]));
        var learned = whole.Learned.Select(row => frame.Keys[row]).ToHashSet();
        Assert.All(drawn.Learned, row => Assert.Contains(rows.Frame.Keys[row], learned));
    }

    [Fact]
    public void A_gain_counts_as_far_as_it_exceeds_its_errors()
    {
        Assert.Equal(2, Lead.BestOf([(0, null), (0.1, 0.06), (0.1, 0.04)], errors: 2));
        Assert.Equal(1, Lead.BestOf([(0, null), (0.1, 0.001), (0.15, 0.09)], errors: 1));
        Assert.Equal(0, Lead.BestOf([(0, null), (0.1, 0.06), (-0.1, 0)], errors: 2));
        Assert.Equal(0, Lead.BestOf([(0, null), (0.1, null), (null, null)], errors: 1));
        Assert.Equal(0, Lead.BestOf([(null, null), (null, 0.1)], errors: 1));
    }

    [Fact]
    public void With_folds_the_answers_of_all_of_them_decide()
    {
        var definition = Auto(ModelTask.Regression);
        definition = definition with
        {
            Model = definition.Model with { Split = definition.Model.Split with { Folds = 3 } },
        };
        var frame = Some.Frame(rowsADay: 70, task: ModelTask.Regression);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59)) with { Served = null };

        var together = Errors([.. split.Tries]);
        var alone = split.Tries.Select(fold => (fold.Answered.Length, Errors: Errors(fold))).ToList();

        Assert.Equal(3, together.Length);
        foreach (var (trainer, error) in together.Index())
        {
            var squares = alone.Sum(fold => fold.Length * Math.Pow(fold.Errors[trainer], 2));
            Assert.Equal(Math.Sqrt(squares / alone.Sum(fold => fold.Length)), error, 1e-9);
        }

        double[] Errors(params Fold[] tries)
        {
            var trained = Training.Run(definition, frame, split with { Tries = tries }, 1, _ => { }, Cancel);
            return [.. trained.Tried!.Select(each => each.Value!.Value)];
        }
    }

    [Fact]
    public void Only_those_that_can_learn_what_is_asked_for_take_part()
    {
        var regression = Auto(ModelTask.Regression);
        var median = regression with { Model = regression.Model with { Objective = Aim.Median } };
        var held = regression with
        {
            Model = regression.Model with { Constraints = new ConstraintsSpec { Increasing = ["x"] } },
        };
        var both = median with { Model = median.Model with { Constraints = held.Model.Constraints } };

        var texts = regression.Features with { Text = [new TextSpec { Column = "body" }] };

        Assert.Equal([Trainer.LightGbm, Trainer.Linear, Trainer.Forest], Candidates(regression));
        Assert.Equal([Trainer.LightGbm, Trainer.Forest], Candidates(median));
        Assert.Equal([Trainer.LightGbm, Trainer.Forest], Candidates(held));
        Assert.Empty(Candidates(both));
        Assert.Equal([Trainer.Linear], Candidates(regression.LearnedBy(Trainer.Linear)));
        Assert.Equal(
            [Trainer.LightGbm, Trainer.Linear, Trainer.Forest],
            Candidates(regression with { Features = texts })
        );

        static IReadOnlyList<Trainer> Candidates(Definition definition) =>
            definition.Model.Trainer.CandidatesFor(definition);
    }

    [Fact]
    public void A_sample_whose_labels_are_all_alike_is_not_tried()
    {
        var definition = Auto(ModelTask.Binary);
        var frame = Some.Frame(rowsADay: 500, task: ModelTask.Binary);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));
        Array.Fill(frame.Labels.Values, 0);
        frame.Labels.Values[split.Validation[0]] = 1;

        // One positive row that is drawn by none.
        var odd = split.Fit[0];
        frame.Labels.Values[odd] = 1;
        var said = new List<string>();
        var seed = Enumerable.Range(1, 20).First(seed => !IsDrawn(split.Fit, odd, seed));
        definition = definition with
        {
            Model = definition.Model with { Options = definition.Model.Options with { Seed = seed } },
        };

        var trained = Training.Run(definition, frame, split, 2, said.Add, Cancel);

        Assert.Equal(Trainer.LightGbm, trained.Trainer);
        Assert.Equal([Trainer.LightGbm], trained.Tried!.Select(each => each.Trainer));
        Assert.Contains("Not trying linear: the labels of 10000 rows drawn are all negative", said);

        static bool IsDrawn(int[] fit, int row, int seed)
        {
            int[] rows = [.. fit];
            new Random(seed).Shuffle(rows);
            return rows.AsSpan(0, RowsToTry.Most).Contains(row);
        }
    }

    /// <summary>Of 70 rows a day LightGBM learns more than 2,000, which it does with one seed.</summary>
    private static Definition Auto(ModelTask task)
    {
        var definition = Some.Definition(task);
        return definition with
        {
            Model = definition.Model with { Trainer = Trainer.Auto, Options = new AutoOptions() },
        };
    }
}
