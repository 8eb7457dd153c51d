using System.Reflection;
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
}
