using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Live;

/// <summary>Makes answers of what was published, so that they are measured as those of a holdout are.</summary>
public static class LiveAnswers
{
    /// <param name="card">Of the model that answered: it says in which columns, and how its scores are read.</param>
    /// <param name="key">That of the table, after which columns can be called otherwise.</param>
    /// <param name="fields">What was published.</param>
    /// <param name="rows">Those of the fields that it answered.</param>
    /// <param name="asked">The classes of the labels, by their codes; null where labels are no classes.</param>
    public static Answers Of(
        ITask task,
        Card card,
        IReadOnlyList<string> key,
        LiveFields fields,
        IReadOnlyList<int> rows,
        IReadOnlyList<string>? asked
    ) => Of(task, card.Definition.Model, Reading.Answering(card), key, fields, rows, asked);

    /// <summary>The same by the spec of the model, and how the fit that answered is read.</summary>
    public static Answers Of(
        ITask task,
        ModelSpec spec,
        Reading reading,
        IReadOnlyList<string> key,
        LiveFields fields,
        IReadOnlyList<int> rows,
        IReadOnlyList<string>? asked
    )
    {
        var published = new PublishedFields(task.Declaration.AnswersOf(spec), key, fields, rows);
        return task.Published(spec, published, reading, asked);
    }

    /// <summary>What the baseline of training would have answered; null where the card does not say it.</summary>
    public static Answers? OfBaseline(ITask task, Card card, int rows, IReadOnlyList<string>? asked) =>
        card.Evaluation.BaselineColumn is null
        && task.BaselineOf(card.Definition.Model, card.Evaluation) is { } constant
            ? Naive.Constant(task, card.Definition.Model, constant, rows, asked)
            : null;

    /// <summary>The answers of several models, each for the rows that it was asked, one after the other: what people
    /// were told. What answers know that are of several kinds is left out.</summary>
    public static Answers Together(IReadOnlyList<Answers> answers)
    {
        if (answers is [var only])
        {
            return only;
        }

        double[] ranking = [.. answers.SelectMany(each => each.Ranking)];
        var widths = answers.Select(each => each.Scores.Width).Distinct().ToList();
        var shares = answers.Select(each => each.Interval?.Share).Distinct().ToList();
        var quantiles = answers.Select(each => each.Quantile).Distinct().ToList();
        return new Answers
        {
            Scores = widths is [var width]
                ? new Scores([.. answers.SelectMany(each => each.Scores.Values)], width)
                : new Scores(ranking, 1),
            Ranking = ranking,
            Quantile = quantiles is [var quantile] ? quantile : null,
            Interval = shares is [{ } share]
                ? new AnsweredInterval(
                    [.. answers.SelectMany(each => each.Interval!.Low)],
                    [.. answers.SelectMany(each => each.Interval!.High)],
                    share
                )
                : null,
            Classes = answers.All(each => each.Classes is not null) ? ClassesOf(answers) : null,
            Counted = answers.Sum(each => each.Counted),
        };
    }

    private static ClassAnswers ClassesOf(IReadOnlyList<Answers> answers)
    {
        int[] begins = [.. answers.Aggregate(new List<int> { 0 }, (at, each) => [.. at, at[^1] + each.Ranking.Length])];
        return new ClassAnswers(
            [.. answers.SelectMany(each => each.Classes!.Chosen)],
            (row, label) =>
            {
                var place = Array.BinarySearch(begins, row);
                var model = place >= 0 ? Array.LastIndexOf(begins, row) : ~place - 1;
                return answers[model].Classes!.ProbabilityOf(row - begins[model], label);
            },
            answers[^1].Classes!.CostOf
        )
        {
            KnowsAll = answers.All(each => each.Classes!.KnowsAll),
        };
    }
}
