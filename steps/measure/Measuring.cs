using Trainyard.Learning.Live;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>Measures each model by its own definition, and all together as they served by that of the run.</summary>
/// <param name="definition">Of the run.</param>
/// <param name="cards">Those of the models, by their versions.</param>
internal sealed class Measuring(
    Definition definition,
    MeasureInputs inputs,
    LabelCodes codes,
    IReadOnlyDictionary<string, Card> cards,
    int threads,
    CancellationToken cancel
)
{
    private readonly ITask _task = LearningTasks.Of(definition.Model.Task);

    /// <summary>What is wrong with the whole span as it was served: a version alone has too few days to tell.</summary>
    /// <param name="worseByAtMost">How much worse than promised the metric may be.</param>
    public IReadOnlyList<string> Alarms(IReadOnlyList<ModelRows> models, Share worseByAtMost)
    {
        var all = models
            .Select(rows => (Rows: rows, Answers: Answer(rows, cards[rows.Model])))
            .Where(each => each.Answers is not null)
            .Select(each => (each.Rows, each.Answers!))
            .ToList();
        return all.Count == 0
            ? []
            :
            [
                .. LiveAlarm.Of(
                    definition.Metric,
                    Figures(definition.Metric, all),
                    PromisedTogether([.. all.Select(each => each.Rows)])?.Value,
                    worseByAtMost
                ),
            ];
    }

    /// <summary>For a window: each model, and all together as they served.</summary>
    public IEnumerable<LiveMetric> Of(IReadOnlyList<ModelRows> models, Window window)
    {
        var some = models.Select(model => model.Within(window)).Where(model => model.Labels.Count > 0).ToList();
        var all = new List<(ModelRows Rows, Answers Answers)>();
        foreach (var rows in some)
        {
            var card = cards[rows.Model];
            if (Answer(rows, card) is { } answers)
            {
                all.Add((rows, answers));
                var live = Figures(card.Definition.Metric, [(rows, answers)]);
                foreach (var metric in Told(window, rows.Model, card.Definition.Metric, live, PromisedBy([rows])))
                {
                    yield return metric;
                }
            }
        }

        if (all.Count > 0)
        {
            var promised = PromisedTogether([.. all.Select(each => each.Rows)]);
            foreach (
                var metric in Told(window, model: null, definition.Metric, Figures(definition.Metric, all), promised)
            )
            {
                yield return metric;
            }
        }
    }

    private Answers? Answer(ModelRows rows, Card card) =>
        LiveAnswers.Of(
            _task,
            card.Definition.Model,
            Reading.Answering(card),
            definition.Rows.Key,
            inputs.Table.Predictions.TaskColumns,
            rows.Fields,
            codes.ToLabels(rows.Labels).Classes
        );

    private LiveFigures Figures(Metric metric, IReadOnlyList<(ModelRows Rows, Answers Answers)> models) =>
        LiveFigures.Of(
            new LiveRows
            {
                Task = _task,
                Measure = Measures.Of(metric),
                Answers = LiveAnswers.Together([.. models.Select(model => model.Answers)]),
                Labels = codes.ToLabels([.. models.SelectMany(model => model.Rows.Labels)]).Values,
                Cutoffs = [.. models.SelectMany(model => model.Rows.Cutoffs)],
                Clock = definition.Clock,
                KnownAfter = definition.Label.KnownAfter,
            },
            definition.Model.Options.Seed,
            threads,
            cancel
        );

    /// <summary>Null where some were measured by another metric.</summary>
    private Estimate? PromisedTogether(IReadOnlyList<ModelRows> models) =>
        models.All(rows => cards[rows.Model].Definition.Metric == definition.Metric) ? PromisedBy(models) : null;

    /// <summary>With its interval where one model promised.</summary>
    private Estimate? PromisedBy(IReadOnlyList<ModelRows> models) =>
        models is [var one] ? cards[one.Model].Evaluation.Model.Metric
        : LiveAlarm.Promised([
            .. models.Select(rows =>
                ((double?)cards[rows.Model].Evaluation.Model.Metric.Value, (long)rows.Labels.Count)
            ),
        ])
            is { } value
            ? new Estimate(value, null, null)
        : null;

    private static IEnumerable<LiveMetric> Told(
        Window window,
        string? model,
        Metric metric,
        LiveFigures live,
        Estimate? promised
    )
    {
        yield return Row(metric.Name, live.Metric) with
        {
            Promised = Finite(promised?.Value),
            PromisedLow = Finite(promised?.Low),
            PromisedHigh = Finite(promised?.High),
        };
        if (live.ObservedToExpected is { } ratio)
        {
            yield return Row(LiveMetric.ObservedToExpected, ratio) with
            {
                Promised = 1,
            };
        }

        if (live.Held is { } held)
        {
            yield return Row("held", held);
        }

        LiveMetric Row(string name, Estimate estimate) =>
            new(window, name)
            {
                Model = model,
                Value = Finite(estimate.Value),
                Low = Finite(estimate.Low),
                High = Finite(estimate.High),
                Rows = live.Rows,
                Intervals = live.Intervals,
            };
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
