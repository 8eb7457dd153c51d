using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>Measures a model on the holdout, which it has not learned, against the baseline and against the champion.
/// At
/// a threshold each is judged by its own: the baseline, whose answer is one, by the class that costs less.</summary>
public sealed class Evaluator
{
    private readonly Definition _definition;
    private readonly Frame _frame;
    private readonly Split _split;
    private readonly TrainedModel _trained;
    private readonly EncodedRows _rows;
    private readonly double[] _labels;
    private readonly Blocks _blocks;
    private readonly ITask _task;
    private readonly IMeasure _measure;
    private readonly Answers _answers;
    private readonly Answers _baseline;
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
        _rows = trained.Encoder.Encode(frame);
        _task = LearningTasks.Of(definition.Model.Task);
        _measure = Measures.Of(definition.Metric);
        _labels = frame.Labels.Of(split.Holdout);
        _blocks = Blocks.Of(
            resample ?? (definition.Rows.HasTime ? Resample.Cutoff : Resample.Row),
            frame,
            split.Holdout
        );
        _baseline = _task.Baseline(definition.Model, frame.Labels.Of(split.Learned));
        _answers = _task.Answer(trained.Model.Predict(_rows, split.Holdout, threads, cancel), trained.Threshold);
    }

    /// <summary>The predictions on the holdout.</summary>
    public double[] Predictions => _answers.Ranking;

    /// <summary>Everything but the champion.</summary>
    public Evaluation Evaluate()
    {
        var baseline = Baseline(_labels.Length);
        var comparison = Comparison.Of(
            _task,
            _measure,
            [_answers, baseline],
            _labels,
            _blocks,
            _definition.Model.Options.Seed,
            _threads,
            _cancel
        );
        var evaluation = new Evaluation
        {
            Metric = _definition.Metric,
            LabelMean = Sum.Mean(_labels),
            Model = new Measured
            {
                Metric = comparison.Estimates[0],
                Metrics = Measures.OfTask(_task, _answers, _labels),
            },
            Baseline = new Measured
            {
                Metric = comparison.Estimates[1],
                Metrics = Measures.OfTask(_task, baseline, _labels),
            },
            BaselineValue = _baseline.Ranking[0],
            GainOverBaseline = comparison.Gains[0],
            OnlyAnswer = OnlyAnswer(),
            Intervals = comparison.Intervals,
            Reliability = Reliability.Bins(Predictions, _labels),
            ByWeek = ByWeek(),
            Importances = new Importances(_task, _measure, _trained, _definition.Model.Options.Seed).Of(
                _rows,
                _split.Holdout,
                _frame.Labels,
                _threads,
                _cancel
            ),
        };
        return _task.Tell(evaluation, _answers, _labels);
    }

    /// <summary>The fit that answers, with its predictions on the holdout; null where the measured one does.</summary>
    /// <param name="evaluation">Of the measured one.</param>
    public (ServedFit Fit, double[] Predictions)? Served(Evaluation evaluation)
    {
        if (_trained.Served is not { } served || _split.Served is not { } learned)
        {
            return null;
        }

        var scores = served.Model.Predict(_frame, _split.Holdout, _threads, _cancel);
        var answers = _task.Answer(scores, served.Threshold);
        return (
            new ServedFit
            {
                Rows = learned.Rows.Length,
                MeasuredThrough = _split.LearnedThrough,
                Figures = ServedCheck.Of(_task, _measure, evaluation, _answers, answers, _labels),
            },
            answers.Ranking
        );
    }

    /// <summary>The comparison with the champion, on the rows that neither has learned; where they are too few, why
    /// there
    /// is none.</summary>
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
                    + "the baseline decides."
            );
        }

        var theirs = model.Predict(_frame, Array.ConvertAll(places, place => _split.Holdout[place]), _threads, _cancel);
        var comparison = Comparison.Of(
            _task,
            _measure,
            [_task.Answer(_answers.Scores.Of(places), _trained.Threshold), _task.Answer(theirs, champion.Threshold)],
            labels,
            _blocks.Take(places),
            _definition.Model.Options.Seed,
            _threads,
            _cancel
        );
        return (
            new ChampionComparison
            {
                Champion = champion.Version,
                Rows = places.Length,
                After = after,
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
                    var baseline = Baseline(labels.Length);
                    return new PeriodMetric(
                        week.Key,
                        labels.Length,
                        Finite(_measure.Value(_task.Answer(_answers.Scores.Of([.. week]), _trained.Threshold), labels)),
                        Finite(_measure.Value(baseline, labels)),
                        Sum.Mean(labels)
                    );
                }),
        ];

        DateTimeOffset WeekOf(DateTimeOffset cutoff) =>
            weeks.TryGetValue(cutoff, out var week) ? week : weeks[cutoff] = clock.Floor(cutoff);
    }

    /// <summary>What the baseline answers for so many rows.</summary>
    private Answers Baseline(int count) =>
        _task.Answer(
            new Scores(
                [.. Enumerable.Repeat(_baseline.Scores.Values, count).SelectMany(row => row)],
                _baseline.Scores.Width
            ),
            _baseline.Threshold
        );

    /// <summary>Rows learned from are only asked where the holdout leaves the question open.</summary>
    private double? OnlyAnswer()
    {
        var answer = Predictions[0];
        return
            Array.TrueForAll(Predictions, prediction => prediction == answer)
            && Array.TrueForAll(
                _task.Answer(_trained.Model.Predict(_rows, _split.Learned, _threads, _cancel), null).Ranking,
                prediction => prediction == answer
            )
            ? answer
            : null;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
