using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>The fit that answers: what it learns, and how it is held against the one that is measured.</summary>
public sealed class ServedFitTests
{
    private static readonly DateTimeOffset To = Some.Start.AddDays(59);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(61, 59)]
    [InlineData(60, 59)]
    [InlineData(59, 58)]
    [InlineData(40, 39)]
    public void It_learns_all_rows_up_to_the_as_of_before(int asOf, int through)
    {
        var frame = Some.Frame(days: 60, rowsADay: 10);
        frame.Labels.Values[3] = double.NaN;

        var served = ServedRows.Of(Some.Definition(), frame, Some.Start.AddDays(asOf))!;

        Assert.Equal(Some.Start.AddDays(through), served.Through);
        Assert.Equal(((through + 1) * 10) - 1, served.Rows.Length);
        Assert.DoesNotContain(3, served.Rows);
    }

    [Fact]
    public void Without_time_it_learns_every_row_and_is_not_made_where_the_measured_one_answers()
    {
        var timeless = Some.Definition(cutoff: null, split: new SplitSpec { By = SplitBy.Key });
        var frame = Some.Frame(days: 60, rowsADay: 10) with { Cutoffs = [] };

        var served = ServedRows.Of(timeless, frame, Some.Start)!;

        Assert.Equal((600, (DateTimeOffset?)null), (served.Rows.Length, served.Through));
        var measured = timeless with { Model = timeless.Model with { Serve = Serve.Measured } };
        Assert.Null(ServedRows.Of(measured, frame, Some.Start));
    }

    [Fact]
    public void Nothing_to_learn_up_to_the_as_of_before_is_65()
    {
        var none = Assert.Throws<Fault>(() => ServedRows.Of(Some.Definition(), Some.Frame(), Some.Start));

        Assert.Equal(
            (
                ExitCode.BadData,
                "The fit that answers is to learn every row with a cutoff up to 2025-12-31T00:00:00Z, the as-of before "
                    + "this one, but no row with a label is there. Mend the rows, give rows.history more, or set "
                    + "model.serve to measured. Nothing was changed."
            ),
            (none.Code, none.Message)
        );
    }

    [Fact]
    public void It_leaves_the_measured_fit_as_it_is_and_has_its_size_and_threshold()
    {
        var (definition, frame) = (Some.Definition(), NewLevelFrom(Some.Frame(), day: 40));
        var alone = Train(definition, frame, served: false);
        var both = Train(definition, frame, served: true);

        Assert.Null(alone.Trained.Served);
        Assert.Equal(Predict(alone.Trained, frame), Predict(both.Trained, frame));
        var served = both.Trained.Served!;
        Assert.Equal((both.Trained.Size, both.Trained.Reading.Threshold), (served.Size, served.Reading.Threshold));
        Assert.NotEqual(Predict(both.Trained, frame), Predict(served, frame));

        // The newest weeks have a level that the measured fit does not know.
        Assert.DoesNotContain("d", LevelsOf(both.Trained));
        Assert.Contains("d", LevelsOf(served));
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("regression")]
    public void What_lies_after_the_as_of_before_teaches_it_nothing(string task)
    {
        var definition = Some.Definition(Some.Task(task));
        var frame = Some.Frame(days: 60, task: Some.Task(task));

        // Scored as of the last day but one: its rows and those of the last are not to be known.
        var later = frame.Cutoffs.Select(cutoff => cutoff > Some.Start.AddDays(57)).ToArray();
        var other = NewLevelFrom(frame, day: 58) with
        {
            Labels = new Labels([.. frame.Labels.Values.Select((label, row) => later[row] ? 1 - label : label)]),
        };
        var numbers = (NumberColumn)other.Find("x")!;
        float[] moved = [.. numbers.ToSingles().Select((value, row) => later[row] ? value + 100 : value)];
        other = other with
        {
            Columns = [.. other.Columns.Select(column => column == numbers ? new NumberColumn("x", moved) : column)],
        };

        Assert.Equal(ServedBytes(frame), ServedBytes(other));

        byte[] ServedBytes(Frame known) =>
            Run(
                definition,
                known,
                Split.Of(definition, known, To) with
                {
                    Served = ServedRows.Of(definition, known, Some.Start.AddDays(58)),
                }
            )
                .Served!.Model.Saved.ToArray();
    }

    [Fact]
    public void It_may_be_promoted_where_it_is_like_the_measured_one()
    {
        var (evaluator, _) = Train(Some.Definition(), Some.Frame(), served: true);

        var fit = evaluator.Served(evaluator.Evaluate())!;

        Assert.Null(fit.Problem);
        Assert.Equal(60 * 40, fit.Rows);
        Assert.Equal(Some.Start.AddDays(32), fit.MeasuredThrough);
        Assert.Equal(["AUC", "mean probability", "share of positives"], fit.Figures.Select(figure => figure.Name));
    }

    [Theory]
    [InlineData("binary", "log_loss", "its log loss is ")]
    [InlineData("regression", "rmse", "its RMSE is ")]
    public void It_may_not_be_where_the_newest_rows_have_taught_it_otherwise(string task, string metric, string figure)
    {
        var definition = Some.Definition(Some.Task(task)) with { Metric = Some.Metric(metric) };
        var frame = Some.Frame(task: Some.Task(task));
        var split = SplitOf(definition, frame, served: true);
        var labels = (double[])frame.Labels.Values.Clone();
        foreach (var row in split.Holdout)
        {
            labels[row] = Some.Task(task) == ModelTask.Binary ? 1 - labels[row] : 20 - labels[row];
        }

        var trained = Run(definition, frame with { Labels = new Labels(labels) }, split);
        var evaluator = new Evaluator(definition, null, frame, split, trained, 2, Cancel);

        var problem = evaluator.Served(evaluator.Evaluate())!.Problem;

        Assert.StartsWith(
            $"on the holdout the fit that would answer differs from the one that was measured: {figure}",
            problem,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0.2025, true)]
    [InlineData(0.0735, true)]
    [InlineData(0.2026, false)]
    [InlineData(0.0734, false)]
    [InlineData(double.NaN, false)]
    public void A_figure_lies_between_its_limits(double served, bool isWithin) =>
        Assert.Equal(isWithin, Share(served).IsWithin);

    [Fact]
    public void A_figure_beyond_its_limits_is_told_with_the_digits_that_tell_it_from_them()
    {
        Assert.Equal(
            "its share of positives is 31.00 %, where 7.35 % to 20.25 % is allowed (measured: 13.80 %)",
            Share(0.31).Text
        );
        Assert.Equal(
            "its RMSE is 61.41, where 61.40 or less is allowed (measured: 58.00)",
            new HeldFigure("RMSE", Unit.Number, 58, 61.41, Most: 61.4).Text
        );
        Assert.Equal(
            "its AUC is 0.6719, where 0.6720 or more is allowed (measured: 0.7010)",
            new HeldFigure("AUC", Unit.Number, 0.701, 0.6719, Least: 0.672).Text
        );
    }

    [Fact]
    public void Learned_keys_are_known_again_and_others_are_not()
    {
        var frame = Some.Frame();

        var keys = LearnedKeys.Load(LearnedKeys.Of(frame, [7, 2, 5]).Save());

        Assert.Equal([2, 5, 7], Enumerable.Range(0, frame.Rows).Where(row => keys.Contains(frame.Keys[row])));
    }

    private static HeldFigure Share(double served) =>
        new("share of positives", Unit.Share, 0.138, served, 0.0735, 0.2025);

    private static (Evaluator Evaluator, TrainedModel Trained) Train(Definition definition, Frame frame, bool served)
    {
        var split = SplitOf(definition, frame, served);
        var trained = Run(definition, frame, split);
        return (new Evaluator(definition, null, frame, split, trained, 2, Cancel), trained);
    }

    private static Split SplitOf(Definition definition, Frame frame, bool served) =>
        Split.Of(definition, frame, To) with
        {
            Served = served ? ServedRows.Of(definition, frame, To.AddDays(2)) : null,
        };

    private static TrainedModel Run(Definition definition, Frame frame, Split split) =>
        Training.Run(definition, frame, split, 2, _ => { }, TestContext.Current.CancellationToken);

    private static double[] Predict(TrainedModel trained, Frame frame) =>
        trained.Model.Predict(frame, 2, Cancel).Values;

    private static IReadOnlyList<string> LevelsOf(TrainedModel trained)
    {
        var letter = trained.Encoder.Columns.Single(column => column.Name == "letter");
        return [.. letter.Levels, .. letter.Rare];
    }

    /// <summary>Half of the rows from a day on have a letter that there was not before.</summary>
    private static Frame NewLevelFrom(Frame frame, int day)
    {
        var letters = (CategoryColumn)frame.Find("letter")!;
        int[] codes =
        [
            .. letters.Codes.Select(
                (code, row) => row % 2 == 0 && frame.Cutoffs[row] >= Some.Start.AddDays(day) ? 4 : code
            ),
        ];
        return frame with
        {
            Columns =
            [
                .. frame.Columns.Select(column =>
                    column == letters ? letters with { Codes = codes, Levels = ["a", "b", "c", "d"] } : column
                ),
            ],
        };
    }
}
