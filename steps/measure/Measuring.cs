using Trainyard.Learning.Live;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>Measures each model by its own definition, and all together as they served by that of the run.</summary>
/// <param name="definition">Of the run.</param>
/// <param name="fields">What was published.</param>
/// <param name="cards">Those of the models, by their versions.</param>
internal sealed class Measuring(
    Definition definition,
    LiveFields fields,
    LabelCodes codes,
    IReadOnlyDictionary<string, Card> cards,
    int threads,
    CancellationToken cancel
)
{
    private readonly ITask _task = LearningTasks.Of(definition.Model.Task);

    public LiveSpan Of(IReadOnlyList<ModelRows> models, Window window)
    {
        Answered[] some =
        [
            .. models.Select(model => model.Within(window)).Where(rows => rows.Count > 0).Select(AnswersOf),
        ];
        var metrics = new List<LiveMetric>();
        LiveFigures? all = null;
        foreach (var one in some)
        {
            var metric = cards[one.Rows.Model].Definition.Metric;
            var live = Figures(metric, [one]);
            metrics.AddRange(LiveMetrics.Of(window, one.Rows.Model, live, PromisesOf(live.Measured, [one])));
            all = some.Length == 1 && metric == definition.Metric ? live : null;
        }

        if (some.Length == 0)
        {
            return new LiveSpan(window, metrics, All: null, Promised: null);
        }

        all ??= Figures(definition.Metric, some);
        var promises = PromisesOf(all.Measured, some);
        metrics.AddRange(LiveMetrics.Of(window, model: null, all, promises));
        return new LiveSpan(window, metrics, all, promises.Metric?.Value);
    }

    private Answered AnswersOf(ModelRows rows)
    {
        var (card, asked) = (cards[rows.Model], codes.ToLabels([]).Classes);
        return new Answered(
            rows,
            LiveAnswers.Of(_task, card, definition.Rows.Key, fields, rows.Places, asked),
            LiveAnswers.OfBaseline(_task, card, rows.Count, asked)
        );
    }

    private LiveFigures Figures(Metric metric, IReadOnlyList<Answered> models) =>
        LiveFigures.Of(
            new LiveRows
            {
                Task = _task,
                Metric = metric,
                Answers = LiveAnswers.Together([.. models.Select(model => model.Answers)]),
                Baseline = models.All(model => model.Baseline is not null)
                    ? LiveAnswers.Together([.. models.Select(model => model.Baseline!)])
                    : null,
                AddUp = models
                    .Select(model => cards[model.Rows.Model].Definition)
                    .All(each => each.Model.Task.AddsUp(each.Model, each.Metric)),
                Labels = codes.ToLabels([.. models.SelectMany(model => model.Rows.Labels)]).Values,
                Replayed = models.Sum(model => model.Rows.Replayed),
                Cutoffs = [.. models.SelectMany(model => model.Rows.Cutoffs)],
                Clock = definition.Clock,
                KnownAfter = definition.Label?.KnownAfter,
            },
            definition.Model.Options.Seed,
            threads,
            cancel
        );

    private Promises PromisesOf(Metric metric, IReadOnlyList<Answered> models) =>
        new(
            Together(models, evaluation => Promises.Of(evaluation, metric)),
            Together(models, evaluation => evaluation.Coverage?.Held)
        );

    /// <summary>What one model promised, with its interval; of several the mean by the rows that each
    /// answered.</summary>
    private Estimate? Together(IReadOnlyList<Answered> models, Func<Evaluation, Estimate?> promised)
    {
        var each = models
            .Select(model => (Of: promised(cards[model.Rows.Model].Evaluation), model.Rows.Count))
            .ToList();
        return each is [var (only, _)] ? only
            : LiveAlarm.Promised([.. each.Select(one => (one.Of?.Value, (long)one.Count))]) is { } value
                ? new Estimate(value, null, null)
            : null;
    }

    private sealed record Answered(ModelRows Rows, Answers Answers, Answers? Baseline);
}
