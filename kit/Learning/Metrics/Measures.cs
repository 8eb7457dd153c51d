using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The list of metrics that can be computed: one for each that a spec can name.</summary>
public static class Measures
{
    public static IReadOnlyList<IMeasure> All { get; } =
    [
        new Auc(),
        new PrAuc(),
        new LogLoss(),
        new Brier(),
        new Accuracy(),
        new F1(),
        new MacroF1(),
        new BalancedAccuracy(),
        new Mcc(),
        new MeanCost(),
        new Rmse(),
        new Mae(),
        new R2(),
        new Mape(),
        new Pinball(),
        new PoissonDeviance(),
        new IntervalScore(),
        new Silhouette(),
        new DaviesBouldin(),
        new Flagged(),
    ];

    public static IMeasure Of(Metric metric) => All.First(each => each.Declaration == metric);

    /// <summary>A metric of all rows; NaN where it cannot be computed.</summary>
    public static double Value(this IMeasure measure, Answers answers, double[] labels) =>
        measure.Prepare(answers, labels, new Blocks(Resample.Row, new int[labels.Length], 1)).Of([1]);

    /// <summary>The metrics and figures of a task that can be computed, by the names they have in the card.</summary>
    public static IReadOnlyDictionary<string, double> OfTask(ITask task, Answers answers, double[] labels) =>
        OfTask(task)
            .Select(measure => KeyValuePair.Create(measure.Declaration.Name, measure.Value(answers, labels)))
            .Concat(task.Figures(answers, labels))
            .Where(measure => double.IsFinite(measure.Value))
            .ToDictionary();

    /// <summary>What metrics of a task leave out of some rows, in words, by their names in the card; null where all of
    /// them count all rows.</summary>
    public static IReadOnlyDictionary<string, string>? LeftOut(ITask task, double[] labels) =>
        OfTask(task)
            .Select(measure => (measure.Declaration.Name, Rows: measure.LeavesOut(labels)))
            .Where(each => each.Rows is not null)
            .ToDictionary(each => each.Name, each => each.Rows!)
            is { Count: > 0 } some
            ? some
            : null;

    private static IEnumerable<IMeasure> OfTask(ITask task) =>
        All.Where(measure => measure.Declaration.Tasks.Contains(task.Declaration));
}
