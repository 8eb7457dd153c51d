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

    /// <summary>Else a version that does not know a new key would take the document that says it for broken, and not
    /// for a later one's.</summary>
    [Fact]
    public void Whatever_a_spec_can_say_that_no_release_knows_is_of_the_version_in_work()
    {
        var folder = Path.Combine(Root, "kit", "Pipelines", "Spec", "Released");
        var kept = Directory.GetFiles(folder, "*.json").ToDictionary(file => Path.GetFileNameWithoutExtension(file));
        var inWork = typeof(PipelineSchema).Assembly.GetName().Version!;

        Assert.Equal(SpecForm.Versions.SkipLast(1), kept.Keys.Order());
        foreach (var formats in new[] { RunFile.Formats, Card.Formats })
        {
            Assert.True(Version.Parse(formats[^1]) >= Version.Parse(SpecForm.Versions[^1]));
        }

        var known = kept.Values.SelectMany(file => Words(JsonNode.Parse(File.ReadAllText(file)), "")).ToHashSet();
        var more = Words(JsonNode.Parse(PipelineSchema.Json), "").Where(word => !known.Contains(word)).ToList();
        Assert.True(
            more.Count == 0 || Version.Parse(SpecForm.Versions[^1]).ToString(2) == inWork.ToString(2),
            $"Keep the schema of {SpecForm.Versions[^1]}, and begin {inWork.ToString(3)}: {string.Join(", ", more)}"
        );
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
        var several = OptionsOf(Trainer.Linear, Trainer.LightGbm);

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
