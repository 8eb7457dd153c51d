using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Trainers;

namespace Trainyard.Tests.Pipelines;

/// <summary>What can be chosen by name is declared, carried out and told of.</summary>
public sealed class ListsTests
{
    private static readonly string[] Docs = File.ReadAllLines(
        Path.Combine(
            Assembly
                .GetExecutingAssembly()
                .GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(data => data.Key == "RepositoryRoot")
                .Value!,
            "docs",
            "pipelines.md"
        )
    );

    [Fact]
    public void Whatever_is_declared_is_carried_out_once()
    {
        Assert.Equal(ModelTask.All, LearningTasks.All.Select(task => task.Declaration));
        Assert.Equal(Metric.All, Measures.All.Select(measure => measure.Declaration));
        Assert.Equal(
            Trainer.All.Where(trainer => !trainer.Chooses),
            TrainerList.All.Select(trainer => trainer.Declaration)
        );
    }

    [Fact]
    public void Every_task_has_a_metric_and_a_trainer_and_no_name_is_there_twice()
    {
        Assert.All(ModelTask.All, task => Assert.NotEmpty(task.Metrics));
        Assert.All(ModelTask.All, task => Assert.NotEmpty(task.Trainers));
        Assert.All(ModelTask.All, task => Assert.NotEmpty(task.AnswerColumns));
        Assert.Distinct(ModelTask.All.Select(task => task.Name));
        Assert.Distinct(Trainer.All.Select(trainer => trainer.Name));
        Assert.Distinct(Metric.All.Select(metric => metric.Name));
    }

    [Fact]
    public void A_key_that_belongs_to_a_task_is_one_of_the_spec()
    {
        var schema = JsonNode.Parse(PipelineSchema.Json)!;

        Assert.All(
            ModelTask
                .All.SelectMany(task => task.AllKeys)
                .Concat(Metric.All.Select(metric => metric.Needs).OfType<string>().Select(key => $"model/{key}")),
            pointer =>
                Assert.NotNull(
                    pointer.Split('/').Aggregate(schema, (at, name) => at["properties"]?[name] ?? new JsonObject())[
                        "description"
                    ]
                )
        );
    }

    [Fact]
    public void The_docs_have_every_task_trainer_and_metric_as_declared()
    {
        Assert.Equal(
            ModelTask.All.Select(task =>
                Row(
                    Code(task.Name),
                    task.Label.Words,
                    List(task.AnswerColumns.Select(column => Code(column.Name))),
                    List(task.Keys.Select(Code))
                )
            ),
            TableOf("task")
        );
        Assert.Equal(
            Trainer.All.Select(trainer =>
                Row(
                    Code(trainer.Name),
                    List(trainer.Tasks),
                    trainer.Chooses ? "that of the chosen one" : $"{trainer.Unit}s"
                )
            ),
            TableOf("trainer")
        );
        Assert.Equal(
            Metric.All.Select(metric =>
                Row(Code(metric.Name), List(metric.Tasks), metric.HigherIsBetter ? "higher" : "lower", metric.Meaning)
            ),
            TableOf("metric")
        );
    }

    [Theory]
    [InlineData("\"logit\"", "'logit' is none of binary, multiclass, regression, clustering, anomaly.")]
    [InlineData("3", "'' is none of binary, multiclass, regression, clustering, anomaly.")]
    public void A_name_that_is_in_no_list_is_refused_with_the_names_that_are(string json, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ModelTask>(json, Json.Options)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Options_are_those_of_the_trainer_wherever_they_stand_in_the_JSON()
    {
        var spec = JsonSerializer.Deserialize<ModelSpec>(
            """{"options": {"leaves": 7}, "trainer": "lightgbm", "task": "binary"}""",
            Json.Options
        )!;

        Assert.Equal(new LightGbmOptions { Leaves = 7 }, spec.Options);
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<ModelSpec>("""{"task": "binary", "options": {"k": 3}}""", Json.Options)
        );
    }

    /// <summary>The rows of the table whose first column has this head, without what aligns them.</summary>
    private static IEnumerable<string> TableOf(string head) =>
        Docs.SkipWhile(line => Cells(line) is not [var first, ..] || first != head)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => Row(Cells(line)));

    private static string[] Cells(string line) =>
        line.StartsWith('|') ? [.. line.Trim('|').Split('|').Select(cell => cell.Trim())] : [];

    private static string Row(params string[] cells) => string.Join(" | ", cells);

    private static string Code(string name) => $"`{name}`";

    private static string List<T>(IEnumerable<T> items) => string.Join(", ", items);
}
