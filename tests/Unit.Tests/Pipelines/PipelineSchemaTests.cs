using System.Reflection;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Pipelines;

public sealed class PipelineSchemaTests
{
    private static readonly string Root = typeof(PipelineSchemaTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "RepositoryRoot")
        .Value!;

    /// <summary>A release that meets such a run or card then says which version to use, and not that it is
    /// broken.</summary>
    [Theory]
    [InlineData("1.0")]
    public void Whatever_a_spec_can_say_that_a_release_does_not_know_is_written_in_a_later_format(string release)
    {
        var schema = File.ReadAllText(Path.Combine(Root, "tests", "Released", release, "pipeline.schema.json"));
        var known = Words(JsonNode.Parse(schema), "").ToHashSet();

        var more = Words(JsonNode.Parse(PipelineSchema.Json), "").Where(word => !known.Contains(word)).ToList();

        Assert.True(more.Count == 0 || IsLater(RunFile.Formats) && IsLater(Card.Formats), string.Join(", ", more));
        bool IsLater(IReadOnlyList<string> formats) => Version.Parse(formats[^1]) >= Version.Parse($"{release}.1");
    }

    [Fact]
    public void The_file_is_what_the_types_say()
    {
        var file = Path.Combine(Root, "schema", "pipeline.schema.json");
        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == PipelineSchema.Json,
            "schema/pipeline.schema.json is stale: run `make schema`."
        );
    }

    [Fact]
    public void Options_of_several_trainers_are_those_of_any_and_where_one_is_named_its_own()
    {
        var several = OptionsOf(Trainer.LightGbm, Trainer.LightGbm);

        Assert.Equal(2, several["anyOf"]!.AsArray().Count);
        Assert.True(
            JsonNode.DeepEquals(OptionsOf(Trainer.LightGbm)["properties"], several["anyOf"]![1]!["properties"])
        );
        Assert.NotNull(OptionsOf(Trainer.LightGbm)["properties"]!["leaves"]);

        static JsonNode OptionsOf(params Trainer[] trainers) =>
            PipelineSchema.Of(trainers)["properties"]!["model"]!["properties"]!["options"]!;
    }

    /// <summary>The keys and the words of a schema, each at its place.</summary>
    private static IEnumerable<string> Words(JsonNode? schema, string place)
    {
        foreach (var (name, rules) in schema?["properties"]?.AsObject() ?? [])
        {
            foreach (var word in Words(rules, $"{place}/{name}").Prepend($"{place}/{name}"))
            {
                yield return word;
            }
        }

        foreach (var inner in new[] { schema?["items"], schema?["additionalProperties"] }.OfType<JsonObject>())
        {
            foreach (var word in Words(inner, $"{place}/*"))
            {
                yield return word;
            }
        }

        foreach (var word in schema?["enum"]?.AsArray() ?? [])
        {
            yield return $"{place}={word}";
        }
    }
}
