using System.Text.Json;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>Which tasks have a label, and what a spec says where there is none.</summary>
public sealed class LabelKeysTests
{
    private const string Clustering = "{task: clustering, options: {clusters: 2 to 4, scale: none}}";

    [Theory]
    [InlineData(Clustering, "silhouette")]
    [InlineData("{task: clustering, trainer: kmeans, options: {clusters: 5}}", "davies_bouldin")]
    [InlineData("{task: clustering}", "silhouette")]
    public void A_task_may_have_no_label(string model, string metric)
    {
        using var folder = new SpecFolder(Spec(model, metric));

        var spec = folder.Load().Spec;

        Assert.Null(spec.Label);
        Assert.Equal(0.5, spec.Gate.StableAtLeast);
        Assert.Equal(0.2, spec.Gate.MovedAtMost?.Value);
    }

    /// <summary>A measure run would need rows of four weeks; without a label there is none.</summary>
    [Fact]
    public void Predictions_may_go_soon_where_there_is_nothing_to_hold_them_against()
    {
        using var folder = new SpecFolder($"{Spec(Clustering, "silhouette")}\nretention: {{warehouse: 1 day}}");

        Assert.Equal(Span.Days(1), folder.Load().Spec.Retention.Warehouse);
    }

    [Theory]
    [InlineData(
        "{task: binary}",
        "auc",
        "",
        "1:1: 'label' is missing: the task binary learns from one. Write for example 'label: {column: late, "
            + "known_after: 2 days}'."
    )]
    [InlineData(
        Clustering,
        "silhouette",
        "label: {column: late, known_after: 2 days}",
        "9:1: label belongs to the task binary or multiclass or regression or anomaly; remove it."
    )]
    [InlineData(
        Clustering,
        "silhouette",
        "label: {column: late, positive: yes, known_after: 2 days}",
        "9:1: label belongs to the task binary or multiclass or regression or anomaly; remove it."
    )]
    [InlineData(
        Clustering,
        "silhouette",
        "gate: {better_than_baseline_by: 0.1}",
        "9:8: better_than_baseline_by belongs to the task binary or multiclass or regression or anomaly; remove it."
    )]
    [InlineData(
        Clustering,
        "silhouette",
        "schedule: {measure: \"0 3 * * *\"}",
        "9:22: there are no such runs: without a label there is nothing to hold answers against; remove it."
    )]
    [InlineData(
        "{task: regression}",
        "rmse",
        "label: {column: late, known_after: 2 days}\ngate: {moved_at_most: 10%}",
        "10:8: moved_at_most belongs to the task clustering; remove it."
    )]
    [InlineData(
        "{task: clustering, options: {clusters: 4 to 2}}",
        "silhouette",
        "",
        "7:47: clusters is 4 to 2; it goes from 2 to 1000, the smaller number first, as '2 to 10'."
    )]
    [InlineData(
        Clustering,
        "silhouette",
        "measure: {worse_by_at_most: 20%}",
        "9:1: there are no such runs: without a label there is nothing to hold answers against; remove it."
    )]
    [InlineData(
        "{task: anomaly}",
        "auc",
        "label: {column: late, known_after: 2 days, null_at_most: 10%}",
        "9:44: null_at_most belongs to the task binary or multiclass or regression; remove it."
    )]
    [InlineData(
        "{task: anomaly}",
        "flagged",
        "label: {column: late, known_after: 2 days}",
        "8:9: the metric flagged asks no label, and there is one to measure by; write auc or pr_auc, or remove the "
            + "label."
    )]
    [InlineData(
        "{task: anomaly}",
        "flagged",
        "gate: {worse_by_at_most: 0.1}",
        "9:8: the metric flagged says nothing of which of two models is better, so worse_by_at_most holds nothing; "
            + "remove it."
    )]
    [InlineData(
        "{task: clustering, options: {clusters: 1}}",
        "silhouette",
        "",
        "7:47: clusters is 1; it must be from 2 to 1000."
    )]
    [InlineData(
        "{task: clustering, options: {clusters: many}}",
        "silhouette",
        "",
        "7:47: clusters is 'many', which has not the form expected here. Write for example 5 or 2 to 10."
    )]
    [InlineData(
        "{task: clustering, options: {leaves: 5}}",
        "silhouette",
        "",
        "7:37: there is no key 'leaves' here. The keys are clusters, scale, starts, max_steps, seed."
    )]
    [InlineData(
        "{task: clustering, trainer: lightgbm}",
        "silhouette",
        "",
        "7:36: the trainer lightgbm does not learn the task clustering; write one of kmeans."
    )]
    [InlineData(
        Clustering,
        "auc",
        "",
        "8:9: the metric auc does not fit the task clustering; write one of silhouette, davies_bouldin."
    )]
    public void These_are_none(string model, string metric, string more, string mistake)
    {
        using var folder = new SpecFolder($"{Spec(model, metric)}\n{more}");

        Assert.Equal([$"pipeline.yaml:{mistake}"], folder.Mistakes());
    }

    [Fact]
    public void A_key_column_may_not_be_called_as_what_is_answered()
    {
        using var folder = new SpecFolder(
            Spec(Clustering, "silhouette").Replace("key: [id]", "key: [cluster]", StringComparison.Ordinal)
        );

        Assert.StartsWith(
            "pipeline.yaml:4:29: the key column 'cluster' has the name of a column that every table of predictions has",
            Assert.Single(folder.Mistakes()),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(Clustering, "silhouette", "clusters: \"2 to 4\"")]
    [InlineData("{task: anomaly, trainer: pca}", "flagged", "flagged_at_most: 5%")]
    public void A_spec_without_a_label_is_written_and_read_as_it_is(string model, string metric, string said)
    {
        using var folder = new SpecFolder(Spec(model, metric));
        var spec = folder.Load().Spec;

        var text = SpecYaml.Write(spec);
        using var again = new SpecFolder(text);

        Assert.DoesNotContain("label", text, StringComparison.Ordinal);
        Assert.DoesNotContain("better_than_baseline_by", text, StringComparison.Ordinal);
        Assert.DoesNotContain("measure:\n", text, StringComparison.Ordinal);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal(
            JsonSerializer.Serialize(spec, Json.Options),
            JsonSerializer.Serialize(again.Load().Spec, Json.Options)
        );
    }

    [Fact]
    public void The_window_ends_at_the_as_of_where_there_is_no_label()
    {
        using var folder = new SpecFolder(Spec(Clustering, "silhouette"));
        var definition = folder.Load().Spec.ToDefinition();
        var asOf = new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);

        Assert.Equal(asOf, RunShape.Of(RunKind.Train).WindowOf(definition, asOf)!.To);
        Assert.Equal(SplitPart.Validation, SplitBounds.Of(definition, asOf).PartOf(asOf.AddDays(-28)));
    }

    [Fact]
    public void Hashes_tell_clusters_apart_by_what_they_are_of_and_not_by_how_many_they_are()
    {
        using var few = new SpecFolder(Spec("{task: clustering, options: {clusters: 3}}", "silhouette"));
        using var many = new SpecFolder(Spec("{task: clustering, options: {clusters: 5}}", "silhouette"));
        var (one, other) = (few.Load().Spec.ToDefinition(), many.Load().Spec.ToDefinition());

        Assert.NotEqual(Hashes.OfDefinition(one, []), Hashes.OfDefinition(other, []));
        Assert.Equal(Hashes.OfComparable(one, []), Hashes.OfComparable(other, []));
    }

    private static string Spec(string model, string metric) =>
        $$"""
            version: 1
            name: x
            clock: {zone: America/New_York}
            rows: {sql: rows.sql, key: [id], cutoff: day}
            features:
              numbers: [distance]
            model: {{model}}
            metric: {{metric}}
            """;
}
