using System.Text;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using Trainyard.Trainers.LightGbm.Native;
using static Trainyard.Tests.Trainers.OddLesson;

namespace Trainyard.Tests.Trainers;

/// <summary>What the trainer makes of lessons: objectives, sizes, shared bins, stops.</summary>
public sealed class LightGbmTrainerTests
{
    private static readonly LightGbmOptions Options = new()
    {
        MaxTrees = 80,
        Leaves = 7,
        LearningRate = 0.3,
        EarlyStopping = 5,
        Seeds = 1,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Losses), MemberType = typeof(OddLesson))]
    public void Every_loss_is_learned_and_answered_as_the_library_does(string name)
    {
        var lesson = LessonOf(name) with { Validation = Validation };
        using var training = Begin();
        var first = training.Fit(lesson, Cancel);
        var fitted = training.Fit(lesson with { Learned = Known, Validation = null, Size = first.Size }, Cancel);

        Assert.InRange(first.Size, 2, Options.MaxTrees);
        Assert.Equal(first.Size, fitted.Size);
        using var native = NativeBooster.Load(Encoding.UTF8.GetString(fitted.Scorer.Save()));
        var expected = native.Answer(
            [.. Enumerable.Range(0, Rows).SelectMany(row => lesson.Rows.Columns.Select(column => (double)column[row]))],
            AnswerKind.Final,
            1
        );
        Assert.Equal(expected, Scored(fitted.Scorer, lesson.Rows));
        Assert.True(expected.Distinct().Count() > 100);
        Assert.Equal(lesson.Objective.Width, fitted.Scorer.Width);
    }

    [Theory]
    [InlineData("squared", "RMSE")]
    [InlineData("absolute", "MAE")]
    [InlineData("quantile", "pinball loss")]
    public void What_is_watched_decides_on_the_size_and_is_told(string watched, string title)
    {
        var heard = new Heard();
        var lesson = LessonOf("squared") with { Validation = Validation };
        lesson = lesson with { Objective = lesson.Objective with { Watches = LossOf(watched) } };
        using var training = Begin();
        var size = training.Fit(lesson, Cancel, heard).Size;

        Assert.StartsWith($"1 of at most 80 trees, {title} ", heard.Words[0], StringComparison.Ordinal);
        Assert.EndsWith(" on validation", heard.Words[0], StringComparison.Ordinal);
        Assert.Equal(size + Options.EarlyStopping, heard.Words.Count);

        heard.Words.Clear();
        training.Fit(lesson with { Learned = Known, Validation = null, Size = 3 }, Cancel, heard);
        Assert.Equal(["1 of 3 trees", "2 of 3 trees", "3 of 3 trees"], heard.Words);
    }

    [Fact]
    public void Bins_are_those_of_the_rows_known_whatever_is_fitted()
    {
        string Text(int changed, int[] known)
        {
            var lesson = LessonOf("squared", changed) with { Known = known, Size = 3 };
            using var training = Begin();
            return Encoding.UTF8.GetString(training.Fit(lesson, Cancel).Scorer.Save());
        }

        // A row of the holdout, of validation; and the fit's own rows alone.
        Assert.Equal(Text(-1, Known), Text(1900, Known));
        Assert.NotEqual(Text(-1, Known), Text(1200, Known));
        Assert.NotEqual(Text(-1, Known), Text(-1, Fit));
        Assert.Equal(Text(-1, Fit), Text(1200, Fit));
    }

    [Fact]
    public void The_second_fit_is_what_a_training_of_its_own_would_give()
    {
        var lesson = LessonOf("logistic");
        var second = lesson with { Learned = Known, Size = 10 };
        using var training = Begin();
        _ = training.Fit(lesson with { Validation = Validation }, Cancel);
        using var other = Begin();

        Assert.Equal(other.Fit(second, Cancel).Scorer.Save(), training.Fit(second, Cancel).Scorer.Save());
    }

    [Fact]
    public void Weights_are_those_of_the_lesson_and_not_of_one_before()
    {
        var lesson = LessonOf("logistic") with { Learned = Known, Size = 5 };
        var weighty = lesson with { Targets = lesson.Targets with { ClassWeights = [1, 20] } };
        using var training = Begin();
        using var other = Begin();

        var weighed = training.Fit(weighty, Cancel).Scorer;
        var after = training.Fit(lesson, Cancel).Scorer;
        Assert.Equal(other.Fit(lesson, Cancel).Scorer.Save(), after.Save());
        Assert.True(Scored(weighed, lesson.Rows).Average() > Scored(after, lesson.Rows).Average() + 0.1);

        training.Fit(weighty, Cancel);
        var part = lesson with { Learned = Fit };
        Assert.Equal(other.Fit(part, Cancel).Scorer.Save(), training.Fit(part, Cancel).Scorer.Save());
    }

    [Fact]
    public void A_stop_is_obeyed_between_trees()
    {
        using var stop = new CancellationTokenSource();
        var heard = new Heard { Then = words => Stop(words, stop) };
        using var training = Begin();

        Assert.Throws<OperationCanceledException>(() => training.Fit(LessonOf("squared"), stop.Token, heard));
        Assert.Equal(3, heard.Words.Count);

        static void Stop(string words, CancellationTokenSource stop)
        {
            if (words.StartsWith("3 ", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void Labels_that_the_objective_cannot_have_are_65_in_the_library_s_words()
    {
        var lesson = LessonOf("poisson");
        lesson.Targets.Labels[5] = -1;
        using var training = Begin();

        var fault = Assert.Throws<Fault>(() => training.Fit(lesson, Cancel));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.StartsWith("LightGBM cannot learn from the 1000 rows", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("squared")]
    [InlineData("quantile")]
    [InlineData("poisson")]
    [InlineData("logistic")]
    [InlineData("softmax")]
    public void Several_seeds_are_one_model_whose_raw_scores_and_reasons_are_the_means_of_theirs(string name)
    {
        var lesson = LessonOf(name) with { Learned = Known, Size = 7 };
        double[] rows =
        [
            .. Enumerable.Range(0, Rows).SelectMany(row => lesson.Rows.Columns.Select(column => (double)column[row])),
        ];
        IScorer Fitted(int seed, int seeds)
        {
            using var training = Begin(Options with { Seed = seed, Seeds = seeds, RowShare = new Share(0.6) });
            return training.Fit(lesson, Cancel).Scorer;
        }

        var (mean, each) = (Fitted(4, 3), new[] { 4, 5, 6 }.Select(seed => Fitted(seed, 1)).ToList());
        Assert.NotEqual(Native(each[0], AnswerKind.Raw), Native(each[1], AnswerKind.Raw));
        foreach (var kind in new[] { AnswerKind.Raw, AnswerKind.Contributions })
        {
            var theirs = each.Select(scorer => Native(scorer, kind)).ToList();
            Assert.All(
                Native(mean, kind),
                (answer, at) => Assert.Equal(theirs.Average(answers => answers[at]), answer, 1e-9)
            );
        }

        Assert.Equal(Native(mean, AnswerKind.Final), Scored(mean, lesson.Rows));

        double[] Native(IScorer scorer, AnswerKind kind)
        {
            using var native = NativeBooster.Load(Encoding.UTF8.GetString(scorer.Save()));
            return native.Answer(rows, kind, 1);
        }
    }

    [Fact]
    public void Each_seed_stops_by_itself_and_the_size_is_the_middle_one()
    {
        var lesson = LessonOf("squared") with { Validation = Validation };
        int Size(int seed, int seeds)
        {
            using var training = Begin(Options with { Seed = seed, Seeds = seeds, RowShare = new Share(0.3) });
            return training.Fit(lesson, Cancel).Size;
        }

        int[] sizes = [Size(1, 1), Size(2, 1), Size(3, 1)];

        Assert.NotEqual(sizes.Min(), sizes.Max());
        Assert.Equal(sizes.Order().ElementAt(1), Size(1, 3));
    }

    private static ITraining Begin(LightGbmOptions? options = null) =>
        TrainerList.Of(Trainer.LightGbm).Begin(options ?? Options);
}
