using System.Globalization;
using Trainyard.Models.Data;
using Trainyard.Models.Encoding;
using Trainyard.Models.Scoring;
using Trainyard.Models.Splits;
using Trainyard.Models.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models.Evaluating;

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
    private readonly double _baseline;
    private readonly double _baselineThreshold;
    private readonly double _threshold;
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
        _labels = Array.ConvertAll(split.Holdout, row => frame.Labels[row]);
        _blocks = Blocks.Of(
            resample ?? (definition.Rows.HasTime ? Resample.Cutoff : Resample.Row),
            frame,
            split.Holdout
        );
        _baseline = Sum.Mean(Array.ConvertAll(split.Learned, row => frame.Labels[row]));
        _threshold = trained.Threshold ?? 0;
        Predictions = trained.Model.Predict(_rows, split.Holdout, threads, cancel);
        _baselineThreshold = ThresholdOfBaseline();
    }

    /// <summary>The predictions on the holdout.</summary>
    public double[] Predictions { get; }

    private Metric Metric => _definition.Metric;

    private ModelTask Task => _definition.Model.Task;

    /// <summary>Everything but the champion.</summary>
    public Evaluation Evaluate()
    {
        var (model, baseline) = (new Answers(Predictions, _threshold), Baseline(_labels.Length));
        var comparison = Comparison.Of(
            Metric,
            [model, baseline],
            _labels,
            _blocks,
            _definition.Model.Options.Seed,
            _threads,
            _cancel
        );
        var (roc, precisionRecall) = Task == ModelTask.Binary ? Curves.Of(Predictions, _labels) : ([], []);
        return new Evaluation
        {
            Metric = Metric,
            LabelMean = Sum.Mean(_labels),
            Model = new Measured { Metric = comparison.Estimates[0], Metrics = Measures.All(Task, model, _labels) },
            Baseline = new Measured
            {
                Metric = comparison.Estimates[1],
                Metrics = Measures.All(Task, baseline, _labels),
            },
            BaselineValue = _baseline,
            GainOverBaseline = comparison.Gains[0],
            OnlyAnswer = OnlyAnswer(),
            Intervals = comparison.Intervals,
            Roc = roc,
            PrecisionRecall = precisionRecall,
            Reliability = Reliability.Bins(Predictions, _labels),
            ByWeek = ByWeek(),
            Importances = Importances.Of(
                Metric,
                _trained.Model,
                _rows,
                _split.Holdout,
                _frame.Labels,
                _threshold,
                _definition.Model.Options.Seed,
                _threads,
                _cancel
            ),
        };
    }

    /// <summary>The comparison with the champion, on the rows that neither has learned; where they are too few, why
    /// there
    /// is none.</summary>
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

        var challenger = Array.ConvertAll(places, place => Predictions[place]);
        var theirs = model.Predict(
            model.Encoder.Encode(_frame),
            Array.ConvertAll(places, place => _split.Holdout[place]),
            _threads,
            _cancel
        );
        var comparison = Comparison.Of(
            Metric,
            [new Answers(challenger, _threshold), new Answers(theirs, champion.Threshold ?? 0)],
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

        var after = new[] { champion.LearnedThrough, _split.LearnedThrough }.Max()!.Value;
        return (row => _frame.Cutoffs[row] > after, after);
    }

    private string? TooFew(double[] labels)
    {
        const int least = Comparison.LeastRowsOfClass;
        var positives = labels.Count(label => label > 0);
        return labels.Length == 0 ? "none"
            : Task != ModelTask.Binary
                ? labels.Length < least ? $"{labels.Length}"
                    : null
            : Math.Min(positives, labels.Length - positives) < least
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{labels.Length:N0}, of which {positives:N0} are positive"
                )
            : null;
    }

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
                        Finite(Measures.Of(Metric, [.. week.Select(place => Predictions[place])], labels, _threshold)),
                        Finite(Measures.Of(Metric, baseline.Predictions, labels, baseline.Threshold)),
                        Sum.Mean(labels)
                    );
                }),
        ];

        DateTimeOffset WeekOf(DateTimeOffset cutoff) =>
            weeks.TryGetValue(cutoff, out var week) ? week : weeks[cutoff] = clock.Floor(cutoff);
    }

    private Answers Baseline(int count)
    {
        var values = new double[count];
        Array.Fill(values, _baseline);
        return new Answers(values, _baselineThreshold);
    }

    /// <summary>The threshold at which the baseline calls all rows positive, or none: what costs less in the rows
    /// learned
    /// from; of equal costs none, which raises no alarm.</summary>
    private double ThresholdOfBaseline()
    {
        var cost = _definition.Model.Threshold.Cost ?? new CostSpec();
        return cost.Miss * _baseline > cost.FalseAlarm * (1 - _baseline) ? _baseline : Math.BitIncrement(_baseline);
    }

    /// <summary>Rows learned from are only asked where the holdout leaves the question open.</summary>
    private double? OnlyAnswer()
    {
        var answer = Predictions[0];
        return
            Array.TrueForAll(Predictions, prediction => prediction == answer)
            && Array.TrueForAll(
                _trained.Model.Predict(_rows, _split.Learned, _threads, _cancel),
                prediction => prediction == answer
            )
            ? answer
            : null;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
