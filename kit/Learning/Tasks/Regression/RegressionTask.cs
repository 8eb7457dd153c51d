using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Regression;

/// <summary>Answers with a value, and where it is asked for with an interval around it.</summary>
internal sealed class RegressionTask : ITask
{
    public ModelTask Declaration => ModelTask.Regression;

    public string? Alike(Labels labels) => null;

    public IReadOnlyList<ModelPart> PartsOf(Definition definition)
    {
        var learns = LossOf(definition);
        var watches = definition.Metric.Watches?.Invoke(definition.Model) ?? learns;

        // Logarithms that are not learned cannot be watched: answers may be below 0.
        var value = new ModelPart(
            ModelPart.First,
            new Objective(learns, watches.IsOfLogarithm && !learns.IsOfLogarithm ? learns : watches)
        );
        if (definition.Model.Interval is not { } interval)
        {
            return [value];
        }

        var (low, high) = Conformal.Levels(interval.Value);
        return [value, End("low", low), End("high", high)];
    }

    public Targets TargetsOf(Definition definition, Labels labels, int[] rows)
    {
        var learns = LossOf(definition);
        var learned = labels.Of(rows);
        if (learns.IsOfLogarithm)
        {
            Amounts.Demand(learned, definition.Model);
            return new(labels.Values);
        }

        return new(
            labels.Values,
            Middle.Of(learned),
            RowWeights: learns.Kind == LossKind.Absolute && definition.Metric.Weigh is { } weigh
                ? RowWeights.Of(labels.Values, rows, weigh)
                : null
        );
    }

    public Tuned Tune(
        ModelSpec spec,
        ITraining training,
        Validated validated,
        Labels labels,
        CancellationToken cancel
    ) => Tuned.Nothing;

    public IReadOnlyList<Fold> FoldsOf(Definition definition, Frame frame, int[] learned) =>
        definition.Model.Interval is null ? []
        : Folds.Of(definition, frame, learned) is { Count: > 0 } folds ? folds
        : throw Fault.BadData(
            $"Of the {learned.Length} rows being learned none can be answered by others before it is learned, as "
                + "model.interval needs. Give it more rows, or leave the interval out. Nothing was changed."
        );

    public double? Widening(ModelSpec spec, Scores outOfFold, double[] labels) =>
        spec.Interval is { } interval
            ? Conformal.Widening(outOfFold.Column(0), outOfFold.Column(1), labels, interval.Value)
            : null;

    public IScorer Assemble(IReadOnlyList<IScorer> parts, Reading reading) =>
        parts is [var value, var low, var high]
            ? new IntervalScorer(value, low, high, reading.Widening ?? 0)
            : parts[0];

    public Answers Answer(ModelSpec spec, Scores scores, Reading reading, IReadOnlyList<string>? asked)
    {
        var values = scores.Column(0);
        var interval =
            spec.Interval is { } share && scores.Width == 3
                ? new AnsweredInterval(scores.Column(1), scores.Column(2), share.Value)
                : null;
        return new()
        {
            Scores = scores,
            Reading = reading,
            Ranking = values,
            Quantile = spec.Quantile?.Value,
            Interval = interval,
            Columns =
            [
                AnswerColumn.Numbers(values),
                .. interval is null
                    ? Array.Empty<AnswerColumn>()
                    : [AnswerColumn.Numbers(interval.Low), AnswerColumn.Numbers(interval.High)],
            ],
        };
    }

    public bool Write(Graph graph, GraphValue scores, Reading reading)
    {
        var names = reading.Widening is null ? new[] { "value" } : ["value", "low", "high"];
        foreach (var (place, name) in names.Index())
        {
            graph.Output(new(name, GraphType.Number), names.Length == 1 ? scores : scores.Column(place));
        }

        return true;
    }

    /// <summary>The constant that is best in the metric (the mean where that says nothing), between the quantiles of
    /// the labels.</summary>
    public Constant Baseline(Definition definition, Labels labels)
    {
        var best = definition.Metric.Watches?.Invoke(definition.Model) ?? Loss.Squared;
        var value = BestConstant.Of(best, labels.Values, definition.Metric.Weigh);
        return new(Around(definition.Model, [value], labels.Values), Reading.Plain);
    }

    public Constant? BaselineOf(ModelSpec spec, Evaluation evaluation) =>
        evaluation.BaselineValue is { } value ? new(new Scores([value], 1), Reading.Plain) : null;

    public Answers Forecast(Definition definition, double[] forecasts, double[] errors) =>
        Answer(
            definition.Model,
            Around(definition.Model, forecasts, errors, areErrors: true),
            Reading.Plain,
            asked: null
        );

    public string? WhyNoInterval(double[] labels) => null;

    public string? TooFew(double[] labels) => labels.Length < Comparison.LeastRowsOfClass ? $"{labels.Length}" : null;

    public IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) => [];

    /// <summary>The mean, with a quarter of the labels' standard deviation of room.</summary>
    public IReadOnlyList<Trait> Traits(Answers measured, Labels labels)
    {
        var mean = Sum.Mean(labels.Values);
        var spread = Math.Sqrt(Sum.Mean(Array.ConvertAll(labels.Values, label => (label - mean) * (label - mean))));
        return [new("mean answer", Unit.Number, answers => Sum.Mean(answers.Ranking), mean, spread / 4)];
    }

    public Evaluation Tell(Evaluation evaluation, AnsweredRows holdout) => evaluation;

    public string? WhyNoMetric(Evaluation evaluation) => null;

    private static ModelPart End(string name, double level) =>
        new(name, new Objective(Loss.Quantile(level), Loss.Quantile(level)), IsEnd: true);

    private static Loss LossOf(Definition definition) =>
        definition.Model.Task.Learns(definition.Model, definition.Metric);

    /// <summary>Values, each with the ends of an interval where the spec has one: the quantiles of labels, or where
    /// those are errors, of errors around each value.</summary>
    private static Scores Around(ModelSpec spec, double[] values, double[] labels, bool areErrors = false)
    {
        if (spec.Interval is not { } interval)
        {
            return new(values, 1);
        }

        var levels = Conformal.Levels(interval.Value);
        var (low, high) = (BestConstant.Quantile(labels, levels.Low), BestConstant.Quantile(labels, levels.High));
        return new(
            [
                .. values.SelectMany(value =>
                {
                    var centre = areErrors ? value : 0;
                    var (lower, upper) = Conformal.Around(value, centre + low, centre + high, widening: 0);
                    return new[] { value, lower, upper };
                }),
            ],
            3
        );
    }
}
