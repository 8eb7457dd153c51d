namespace Trainyard.Tests.Pipelines;

/// <summary>What a spec may say of values, intervals and constraints, and what is said where it may not.</summary>
public sealed class RegressionKeysTests
{
    private const string Model = "{task: regression}";

    [Theory]
    [InlineData("{task: regression, objective: quantile, quantile: 0.9}", "rmse")]
    [InlineData("{task: regression, quantile: 90%}", "pinball")]
    [InlineData("{task: regression, objective: median, quantile: 0.9}", "pinball")]
    [InlineData("{task: regression, objective: tweedie, power: 1.2}", "poisson_deviance")]
    [InlineData("{task: regression, interval: 80%}", "interval_score")]
    [InlineData("{task: regression, constraints: {increasing: [distance], decreasing: [far]}}", "rmse")]
    [InlineData("{task: regression, objective: mean, constraints: {increasing: [at_month]}}", "mae")]
    [InlineData("{task: binary, constraints: {increasing: [distance]}}", "auc")]
    [InlineData("{task: regression, trainer: linear, objective: tweedie, options: {l2: 3}}", "mae")]
    [InlineData("{task: binary, trainer: linear}", "auc")]
    public void These_are_specs(string model, string metric)
    {
        using var folder = new SpecFolder(Spec(model, metric));

        Assert.Equal(metric, folder.Load().Spec.Metric.Name);
    }

    [Theory]
    [InlineData(
        Model,
        "pinball",
        "14:9: the metric pinball cannot be computed without model.quantile; write it, or another metric."
    )]
    [InlineData(
        Model,
        "interval_score",
        "14:9: the metric interval_score cannot be computed without model.interval; write it, or another metric."
    )]
    [InlineData(
        "{task: regression, objective: quantile}",
        "rmse",
        "13:38: the objective quantile needs model.quantile, such as 0.9; write it."
    )]
    [InlineData(
        "{task: regression, quantile: 0.9}",
        "rmse",
        "13:37: quantile belongs to the objective quantile and the metric pinball; remove it, or name one of them."
    )]
    [InlineData(
        "{task: regression, quantile: 1}",
        "pinball",
        "13:37: a quantile lies between 0 and 1, such as 0.9; write one."
    )]
    [InlineData("{task: regression, power: 1.5}", "rmse", "13:34: power belongs to the objective tweedie; remove it.")]
    [InlineData(
        "{task: regression, objective: tweedie, power: 2}",
        "rmse",
        "13:54: a power lies between 1 (poisson) and 2 (gamma), such as 1.5; write one."
    )]
    [InlineData(
        "{task: regression, interval: 100%}",
        "rmse",
        "13:37: an interval holds a share between 0% and 100%, such as 80%; write one."
    )]
    [InlineData("{task: binary, interval: 80%}", "auc", "13:23: interval belongs to the task regression; remove it.")]
    [InlineData(
        "{task: regression, constraints: {increasing: [distnce]}}",
        "rmse",
        "13:54: 'distnce' is no number that the model learns from. Did you mean 'distance'? Write one of distance, "
            + "far, at_month."
    )]
    [InlineData(
        "{task: regression, constraints: {increasing: [letter]}}",
        "rmse",
        "13:54: 'letter' is a category, whose levels have no order; remove it."
    )]
    [InlineData(
        "{task: regression, constraints: {increasing: [far], decreasing: [far]}}",
        "rmse",
        "13:73: 'far' is constrained twice; keep one."
    )]
    [InlineData(
        "{task: regression, constraints: {increasing: [far]}}",
        "mae",
        "13:27: the trainer lightgbm cannot hold constraints while it learns the median; remove them, or name another "
            + "objective or trainer."
    )]
    [InlineData(
        "{task: regression, trainer: linear}",
        "mae",
        "13:27: the trainer linear cannot learn the median, which the metric mae asks for unless an objective is "
            + "named; name another objective, or the trainer lightgbm or forest or auto."
    )]
    [InlineData(
        "{task: regression, trainer: linear, objective: median}",
        "rmse",
        "13:44: the trainer linear cannot learn the median, which this objective is; name another objective, or the "
            + "trainer lightgbm or forest or auto."
    )]
    [InlineData(
        "{task: regression, trainer: linear, interval: 80%}",
        "rmse",
        "13:44: the trainer linear cannot learn a quantile, which interval needs; remove it, or write the trainer "
            + "lightgbm or forest or auto."
    )]
    [InlineData(
        "{task: regression, trainer: linear, constraints: {increasing: [far]}}",
        "rmse",
        "13:44: the trainer linear cannot hold constraints while it learns the mean; remove them, or name another "
            + "objective or trainer."
    )]
    public void These_are_none(string model, string metric, string mistake)
    {
        using var folder = new SpecFolder(Spec(model, metric));

        Assert.Equal([$"pipeline.yaml:{mistake}"], folder.Mistakes());
    }

    [Theory]
    [InlineData(
        "day",
        Model,
        "rmse",
        "15:18: 'day' is the key, the cutoff or the label; a naive forecast is another column."
    )]
    [InlineData(
        "far",
        Model,
        "rmse",
        "15:18: 'far' is a category, a text or derived; a naive forecast is a number that the query returns."
    )]
    [InlineData(
        "last_week",
        "{task: binary}",
        "auc",
        "15:8: a column can be the baseline of the task regression alone; remove it."
    )]
    public void A_baseline_is_a_number_of_the_query(string column, string model, string metric, string mistake)
    {
        using var folder = new SpecFolder($"{Spec(model, metric)}\ngate: {{baseline: {column}}}");

        Assert.Equal([$"pipeline.yaml:{mistake}"], folder.Mistakes());
    }

    [Fact]
    public void A_key_may_be_called_low_unless_that_is_answered()
    {
        using var without = new SpecFolder(
            Spec(Model, "rmse").Replace("key: [id]", "key: [low]", StringComparison.Ordinal)
        );
        using var with = new SpecFolder(
            Spec("{task: regression, interval: 80%}", "rmse")
                .Replace("key: [id]", "key: [low]", StringComparison.Ordinal)
        );

        Assert.Equal(["low"], without.Load().Spec.Rows.Key);
        Assert.StartsWith(
            "pipeline.yaml:4:29: the key column 'low' has the name of a column that every table of predictions has",
            Assert.Single(with.Mistakes()),
            StringComparison.Ordinal
        );
    }

    private static string Spec(string model, string metric) =>
        $$"""
            version: 1
            name: x
            clock: {zone: America/New_York}
            rows: {sql: rows.sql, key: [id], cutoff: day}
            label:
              column: late
              known_after: 2 days
            features:
              numbers: [distance]
              categories: [letter]
              derived:
                {far: {expression: "distance * 2"}, at: {calendar: day, parts: [month]} }
            model: {{model}}
            metric: {{metric}}
            """;
}
