using System.Reflection;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class PipelineSchemaTests
{
    [Fact]
    public void The_file_is_what_the_types_say()
    {
        var root = typeof(PipelineSchemaTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == "RepositoryRoot")
            .Value!;
        var file = Path.Combine(root, "schema", "pipeline.schema.json");
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
}
