using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Gates;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>Measures a model on the holdout, which it has not learned, against the baseline and against the champion.
/// At a threshold each is judged by its own: the baseline, whose answer is one, by the class that costs less.</summary>
public sealed class Evaluator
{
    private readonly Definition _definition;
    private readonly Frame _frame;
    private readonly Split _split;
    private readonly TrainedModel _trained;
    private readonly EncodedRows _rows;
    private readonly Design _design;
    private readonly double[] _labels;
    private readonly Blocks _blocks;
    private readonly ITask _task;
    private readonly IMeasure _measure;
    private readonly Answers _answers;

    /// <summary>What the baseline answers for every row; where it is a forecast, for those of which that says nothing.
    /// Null where there is none.</summary>
    private readonly Constant? _constant;

    /// <summary>What the baseline answers for each row of the holdout.</summary>
    private readonly Answers? _baseline;
    private readonly int _threads;
    private readonly CancellationToken _cancel;

    /// <param name="resample">What is resampled whole; by default all rows of a cutoff, or single rows where there is
    /// no time.</param>
    public Evaluator(
        Definition definition,
        Resample? resample,
        Frame frame,
        Split split,
        TrainedModel trained,
        int threads,
        CancellationToken cancel
    )
    {
        (_definition, _frame, _split, _trained, _threads, _cancel) = (
            definition,
            frame,
            split,
            trained,
            threads,
            cancel
        );
        (_rows, _design) = (trained.Encoder.Encode(frame), new Design(trained.Encoder));
        _task = LearningTasks.Of(definition.Model.Task);
        _measure = Measures.Of(definition.Metric);
        _labels = frame.Labels.Of(split.Holdout);
        _blocks = Blocks.Of(
            resample ?? (definition.Rows.HasTime ? Resample.Cutoff : Resample.Row),
            frame,
            split.Holdout
        );
        _constant = _task.Baseline(definition, frame.Labels.Among(split.Learned).Take(split.Learned));
        _baseline = _constant is null ? null : Naive.Of(_task, definition, _constant, frame, split);
        _answers = AnswerOf(split.Holdout)(
            Demanded.Of(
                trained.Model.Predict(_rows, split.Holdout, threads, cancel),
                frame,
                split.Holdout,
                "the holdout",
                row => trained.Model.WhyNone(frame, row)
            )
        );
    }

    /// <summary>The predictions on the holdout: a number a row.</summary>
    public double[] Predictions => _answers.Ranking;

    /// <summary>Everything but the champion.</summary>
    public Evaluation Evaluate()
    {
        var onlyAnswer = OnlyAnswer();
        var comparison = Comparison.Of(
            _task,
            _measure,
            _baseline is null ? [_answers] : [_answers, _baseline],
            _labels,
            _blocks,
            _definition.Model.Options.Seed,
            _threads,
            _cancel
        );
        var evaluation = new Evaluation
        {
            Metric = _definition.Metric,
            LabelMean = MeanOf(_labels),
            Model = new Measured
            {
                Metric = comparison.Estimates[0],
                Metrics = Measures
                    .OfTask(_task, _answers, _labels)
                    .Concat(_trained.Figures)
                    .ToDictionary(StringComparer.Ordinal),
            },
            Baseline = _baseline is null
                ? null
                : new Measured
                {
                    Metric = comparison.Estimates[1],
                    Metrics = Measures.OfTask(_task, _baseline, _labels),
                },
            BaselineValue = _constant is { Text: null } ? _constant.Scores.Values[0] : null,
            BaselineText = _constant?.Text,
            LeftOut = Measures.LeftOut(_task, _labels),
            RowOrder = _definition.Rows.HasTime
                ? null
                : RowOrders.Of(_frame.Labels, _definition.Rows.Key, _definition.Model.Options.Seed),
            Coverage = Coverages.Of(
                _answers,
                _labels,
                _frame,
                _split.Holdout,
                _definition.Clock,
                _definition.Model.Options.Seed,
                _threads,
                _cancel
            ),
            Constraints = ConstraintProof.Of(Answer, _definition, _trained, _rows, _split.Holdout, _threads, _cancel),
            GainOverBaseline = comparison.Gains is [var gain, ..] ? gain : null,
            OnlyAnswer = onlyAnswer,
            OnlyAnswerText =
                onlyAnswer is not null && _frame.Labels.Classes is { } classes
                    ? $"'{classes.Union(_trained.Reading.Classes ?? []).ElementAt(_answers.Classes!.Chosen[0])}'"
                    : null,
            Intervals = comparison.Intervals,
            Reliability = _task.Observed(_answers, _labels) is { } observed
                ? Reliability.Bins(Predictions, observed)
                : null,
            ByWeek = ByWeek(),
            Importances = new Importances(AnswerOf, _measure, _trained, _definition.Model.Options.Seed).Of(
                _rows,
                _split.Holdout,
                _frame.Labels,
                _threads,
                _cancel
            ),
        };
        var told = _task.Tell(
            evaluation,
            new AnsweredRows
            {
                Frame = _frame,
                Rows = _split.Holdout,
                Answers = _answers,
                Unlabelled = _split.Unlabelled,
                Learned = _split.Learned,
                Answer = rows => Answer(_trained.Model.Predict(_rows, rows, _threads, _cancel)),
            }
        );
        var notes = _trained.Model.Notes.Select(note => new Fact(note.Label, note.Value) { Section = Sections.Model });
        return _trained.Model.Notes.Count == 0 ? told : told with { Facts = [.. notes, .. told.Facts ?? []] };
    }

    /// <summary>What is shown of how it answers.</summary>
    /// <param name="evaluation">Of this model.</param>
    public IReadOnlyList<Exhibit> Explain(Evaluation evaluation) =>
        new Insights(_definition, Answer, _trained, _threads).Of(
            _frame,
            _rows,
            _split.Holdout,
            evaluation.Importances ?? [],
            _cancel
        );

    /// <summary>The fit that answers, with its predictions on the holdout; null where the measured one does.</summary>
    /// <param name="evaluation">Of the measured one.</param>
    public ServedFit? Served(Evaluation evaluation)
    {
        if (_trained.Served is not { } served || _split.Served is not { } learned)
        {
            return null;
        }

        var scores = served.Model.Predict(_frame, _split.Holdout, _threads, _cancel);
        return new()
        {
            Rows = learned.Rows.Length,
            MeasuredThrough = _split.LearnedThrough,
            Classes = served.Reading.Classes,
            Figures = ServedCheck.Of(
                _task,
                _measure,
                evaluation,
                _answers,
                AnswerOf(_split.Holdout, served.Reading)(scores),
                _frame.Labels.Take(_split.Holdout)
            ),
        };
    }

    /// <summary>The comparison with the champion, on the rows that neither has learned; where they are too few, why
    /// there is none.</summary>
    /// <param name="model">The champion's measured fit.</param>
    public (ChampionComparison? Comparison, string? WhyNot) Against(Card champion, ScoringModel model)
    {
        var (unseen, after) = UnseenBy(champion);
        var places = Enumerable.Range(0, _split.Holdout.Length).Where(place => unseen(_split.Holdout[place])).ToArray();
        var labels = Array.ConvertAll(places, place => _labels[place]);
        if (TooFew(labels) is { } few)
        {
            return (
                null,
                $"There are too few rows that neither it nor the champion {champion.Version} has learned ({few}), so "
                    + $"{Gate.Else(_baseline is not null)}."
            );
        }

        // Held to what is asked now, whatever it was asked then.
        var rows = Array.ConvertAll(places, place => _split.Holdout[place]);
        var scores = model.Predict(_frame, rows, _threads, _cancel);
        if (places.Where((_, place) => !scores.IsAnswered(place)).Count() is > 0 and var without)
        {
            return (
                null,
                $"The champion {champion.Version} has no answer to {without} of the "
                    + $"{Counted.Of(rows.Length, "row")} that neither has learned, so "
                    + $"{Gate.Else(_baseline is not null)}."
            );
        }

        var others = AnswerOf(rows, Reading.Of(champion))(scores);
        if (_measure.Lacks(others) is { } lacking)
        {
            return (
                null,
                $"The champion {champion.Version} gives {lacking}, so it has no {_measure.Declaration.Title}, and "
                    + $"{Gate.Else(_baseline is not null)}."
            );
        }

        var ours = Answer(_answers, places);
        var compared = new ChampionComparison
        {
            Champion = champion.Version,
            Rows = places.Length,
            After = after,
            Figures = _task.Beside(ours, others) is { Count: > 0 } figures ? figures : null,
            NoMetricBecause = _measure.Declaration.Compares
                ? _task.WhyNotCompared(ours, others)
                : $"The {_measure.Declaration.Title} says nothing of which of the two is better, so they are not "
                    + "compared.",
        };
        if (compared.NoMetricBecause is not null)
        {
            return (compared, null);
        }

        var comparison = Comparison.Of(
            _task,
            _measure,
            [ours, others],
            labels,
            _blocks.Take(places),
            _definition.Model.Options.Seed,
            _threads,
            _cancel
        );
        return (
            compared with
            {
                ChallengerMetric = comparison.Estimates[0],
                ChampionMetric = comparison.Estimates[1],
                Gain = comparison.Gains[0],
            },
            null
        );
    }

    private (Func<int, bool> Unseen, DateTimeOffset? After) UnseenBy(Card champion)
    {
        // Both split by key: a key in the holdout of both has been learned by neither.
        if (champion.Split.Bounds is null && _split.Card.Bounds is null)
        {
            return (row => Split.IsHoldout(_frame.Keys[row], champion.Definition.Model.Split), null);
        }

        var after = new[] { champion.MeasuredThrough, _split.LearnedThrough }.Max()!.Value;
        return (row => _frame.Cutoffs[row] > after, after);
    }

    private string? TooFew(double[] labels) => labels.Length == 0 ? "none" : _task.TooFew(labels);

    private List<PeriodMetric> ByWeek()
    {
        if (_frame.Cutoffs.Length == 0)
        {
            return [];
        }

        var clock = _definition.Clock with { Every = Every.Week };
        var weeks = new Dictionary<DateTimeOffset, DateTimeOffset>();
        return
        [
            .. Enumerable
                .Range(0, _labels.Length)
                .GroupBy(place => WeekOf(_frame.Cutoffs[_split.Holdout[place]]))
                .OrderBy(week => week.Key)
                .Select(week =>
                {
                    var labels = week.Select(place => _labels[place]).ToArray();
                    int[] places = [.. week];
                    return new PeriodMetric(
                        week.Key,
                        labels.Length,
                        Finite(_measure.Value(Answer(_answers, places), labels)),
                        _baseline is null ? null : Finite(_measure.Value(Answer(_baseline, places), labels)),
                        MeanOf(labels)
                    );
                }),
        ];

        DateTimeOffset WeekOf(DateTimeOffset cutoff) =>
            weeks.TryGetValue(cutoff, out var week) ? week : weeks[cutoff] = clock.Floor(cutoff);
    }

    /// <summary>Answers for some rows of the holdout.</summary>
    private Answers Answer(Answers all, int[] places) =>
        AnswerOf(Array.ConvertAll(places, place => _split.Holdout[place]), all.Reading)(all.Scores.Of(places));

    /// <summary>What the task makes of the scores of rows, held against the labels of the frame, or where there are
    /// none the rows themselves.</summary>
    private Func<Scores, Answers> AnswerOf(int[] rows) => AnswerOf(rows, _trained.Reading);

    private Func<Scores, Answers> AnswerOf(int[] rows, Reading reading)
    {
        var points = new Points(_design, _rows, rows, _threads, _cancel);
        return scores => Answer(scores, reading) with { Points = points };
    }

    private Answers Answer(Scores scores) => Answer(scores, _trained.Reading);

    /// <summary>By the costs of this model's spec.</summary>
    private Answers Answer(Scores scores, Reading reading) =>
        _task.Answer(_definition.Model, scores, reading, _frame.Labels.Classes);

    /// <summary>Null where there are none, or they are classes, whose codes have no mean.</summary>
    private double? MeanOf(double[] labels) =>
        _definition.Label is null || _frame.Labels.Classes is not null ? null : Sum.Mean(labels);

    /// <summary>Rows learned from are only asked where the holdout leaves the question open.</summary>
    private double? OnlyAnswer()
    {
        return AreAlike(_answers) && AreAlike(Answer(_trained.Model.Predict(_rows, _split.Learned, _threads, _cancel)))
            ? Predictions[0]
            : null;

        // An interval around it may change where a value does not.
        bool AreAlike(Answers answers) =>
            answers.Classes is null
                ? Array.TrueForAll(answers.Ranking, value => value == Predictions[0])
                : answers.Scores.AreAll(_answers.Scores.Row(0));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
