using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>What a spec may say of texts, and what is said where it may not.</summary>
public sealed class TextKeysTests
{
    [Fact]
    public void A_text_is_a_column_or_says_its_buckets_and_is_printed_as_short_as_may_be()
    {
        using var folder = new SpecFolder(Spec("{text: [subject, {column: body, buckets: 4096}]}"));
        var loaded = folder.Load();

        Assert.Equal([TextSpec.BucketsByDefault, 4096], loaded.Spec.Features.Text.Select(text => text.Buckets));
        Assert.Contains("text: [subject, {column: body, buckets: 4096}]", SpecYaml.Write(loaded.Spec));
    }

    [Fact]
    public void Texts_come_after_categories()
    {
        using var folder = new SpecFolder(Spec("{text: [subject], numbers: [age], categories: [shop]}"));
        var plan = FeaturePlan.Of(
            folder.Load().Spec.ToDefinition(),
            [
                new Column("id", ColumnType.Integer, false),
                new Column("day", ColumnType.TimestampTz, false),
                new Column("late", ColumnType.Boolean, true),
                new Column("subject", ColumnType.Text, true),
                new Column("age", ColumnType.Integer, true),
                new Column("shop", ColumnType.Text, true),
            ],
            RunShape.Of(RunKind.Train)
        );

        Assert.Equal(
            ["age Number", "shop Category", "subject Text"],
            plan.TakeLast(3).Select(planned => $"{planned.Column.Name} {planned.Role}")
        );
    }

    [Theory]
    [InlineData(
        "{text: [subject]}",
        "{task: anomaly, flag: 1%}",
        "8:12: the trainer isolation_forest reads no texts; no trainer of the task anomaly does, so remove it."
    )]
    [InlineData(
        "{text: [subject]}",
        "{task: binary, constraints: {increasing: [subject]}}",
        "9:50: 'subject' is a text, and texts have no order; remove it."
    )]
    [InlineData(
        "{text: [subject]}",
        "{task: binary, trainer: linear, constraints: {increasing: [subject]}}",
        "9:40: the trainer linear cannot hold constraints while it learns a probability; remove them, or name another "
            + "objective or trainer."
    )]
    [InlineData(
        "{categories: [subject], text: [subject]}",
        "{task: binary, trainer: linear}",
        "8:42: two features have the name 'subject'; rename or remove one."
    )]
    [InlineData(
        "{text: [late]}",
        "{task: binary, trainer: linear}",
        "8:19: 'late' is the label, which is never a feature; remove it."
    )]
    public void These_are_none(string features, string model, string mistake)
    {
        using var folder = new SpecFolder(Spec(features, model));

        Assert.Equal($"pipeline.yaml:{mistake}", folder.Mistakes()[0]);
    }

    private static string Spec(string features, string model = "{task: binary, trainer: linear}") =>
        $"""
            version: 1
            name: x
            clock: {"{zone: America/New_York}"}
            rows: {"{sql: rows.sql, key: [id], cutoff: day}"}
            label:
              column: late
              known_after: 2 days
            features: {features}
            model: {model}
            metric: auc
            """;
}
