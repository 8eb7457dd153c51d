using System.Text.Json;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class SpecYamlTests
{
    [Fact]
    public void The_smallest_spec_is_printed_with_every_default()
    {
        const string Options = "{max_trees: 1000, levels: ranks, seed: 1}";
        using var folder = new SpecFolder();
        Assert.Equal(
            $$"""
            version: 1
            name: x
            clock:
              zone: America/New_York
              every: day
            rows:
              sql: rows.sql
              key: [id]
              cutoff: day
              history: 365 days
            label:
              column: late
              known_after: 2 days
              null_at_most: 5%
            features:
              numbers: [distance]
              categories: []
              text: []
              derived: {}
            model:
              task: binary
              trainer: lightgbm
              options: {{Options}}
              split: {by: time, folds: 1, validation: 28 days, holdout: 28 days}
              serve: all
              weights: none
              calibrate: none
              threshold:
                cost: {false_alarm: 1, miss: 1}
            metric: auc
            gate:
              better_than_baseline_by: 0
              resample: cutoff
            inputs:
              rows: 65%
              wait: 4 hours
              moved: report
              unseen_at_most: 10%
              null_rise_at_most: 20%
            measure:
              worse_by_at_most: 10%
            predictions:
              table: x_predictions
            retention:
              runs: 90 days
            shards: 1
            steps:
              extract: {memory: "4g", cpus: 2, pool: default_pool, retries: 2, time_limit: "2h"}
              features: {memory: "4g", cpus: 2, pool: default_pool, retries: 2, time_limit: "2h"}
              train: {memory: "4g", cpus: 2, pool: default_pool, retries: 2, time_limit: "2h"}
              score: {memory: "4g", cpus: 2, pool: default_pool, retries: 2, time_limit: "2h"}
              measure: {memory: "4g", cpus: 2, pool: default_pool, retries: 2, time_limit: "2h"}
              report: {memory: "4g", cpus: 2, pool: default_pool, retries: 2, time_limit: "2h"}

            """,
            SpecYaml.Write(folder.Load().Spec)
        );
    }

    [Theory]
    [InlineData("about: 'a: b # c'")]
    [InlineData("about: \"two\\nlines, \\\"quoted\\\" — and a tab\\t\"")]
    [InlineData("about: 'yes'")]
    [InlineData("about: 'null'")]
    [InlineData("about: '12'")]
    [InlineData("about: '1e5'")]
    [InlineData("about: '0.5'")]
    [InlineData("about: ' spaces '")]
    [InlineData("about: '- a'")]
    [InlineData("about: '%'")]
    [InlineData("about: '...'")]
    [InlineData("about: '?'")]
    [InlineData("about: ''")]
    [InlineData("about: 'a, b'")]
    [InlineData("about: 10:30")]
    [InlineData("about: NO")]
    [InlineData("schedule: {train: \"0 6 * * SUN\", expected_by: \"02:00\"}")]
    [InlineData("inputs: {unseen_at_most: 12.345%, null_rise_at_most: 0.123456}")]
    [InlineData("gate: {better_than_baseline_by: -0.0001, worse_by_at_most: 1e-7}")]
    public void What_is_printed_loads_as_the_same_spec(string line) => RoundTrips(SpecFolder.Smallest + "\n" + line);

    [Fact]
    public void Features_of_every_kind_load_again() =>
        RoundTrips(
            SpecFolder.Smallest.Replace(
                "numbers: [distance]",
                """
                numbers: [distance, "yes", "a b"]
                  categories: [carrier, {column: tailnum, keep: 500}, {column: dest, keep: 100}]
                  derived:
                    departs: {calendar: at, parts: [month, day_of_week]}
                    wait: {elapsed: {from: a, to: b, unit: days}}
                    age: {expression: "if(isnull(a), -1, b % 2)"}
                    route: {cross: [origin, dest]}
                    bucket: {hash: [origin], buckets: 16}
                """,
                StringComparison.Ordinal
            )
        );

    [Fact]
    public void A_regression_has_no_keys_of_the_task_binary()
    {
        var spec = RoundTrips(
            SpecFolder
                .Smallest.Replace("binary", "regression", StringComparison.Ordinal)
                .Replace("auc", "rmse", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("threshold", SpecYaml.Write(spec), StringComparison.Ordinal);
    }

    private static Spec RoundTrips(string yaml)
    {
        using var folder = new SpecFolder(yaml);
        var spec = folder.Load().Spec;
        folder.Write("pipeline.yaml", SpecYaml.Write(spec));
        Assert.Equal(
            JsonSerializer.Serialize(spec, Json.Options),
            JsonSerializer.Serialize(folder.Load().Spec, Json.Options)
        );
        return spec;
    }
}
