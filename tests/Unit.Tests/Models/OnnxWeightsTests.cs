using Onnx;
using Trainyard.Pipelines;
using Trainyard.Trainers.OnnxModel;
using static Trainyard.Tests.Models.OnnxCases;

namespace Trainyard.Tests.Models;

/// <summary>What a model that was made elsewhere answers with is all in its file.</summary>
public sealed class OnnxWeightsTests
{
    [Theory]
    [InlineData("graph")]
    [InlineData("node")]
    [InlineData("branch")]
    public void Weights_in_another_file_are_78(string where)
    {
        var fault = Assert.Throws<Fault>(() => Take(Elsewhere(where), Rows));

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.Equal(
            $"The file '{Name}' (model.options.file) leaves the weights 'far' to another file, which is no part of the "
                + "pipeline. Save it in one file (in Python onnx.save(onnx.load(FILE), FILE)). Nothing was changed.",
            fault.Message
        );
    }

    /// <summary>Of a package, which nobody looks through again.</summary>
    [Fact]
    public void Weights_in_another_file_are_found_nowhere()
    {
        var here = Path.Combine(Environment.CurrentDirectory, "far.data");
        File.WriteAllBytes(here, new byte[sizeof(double)]);
        try
        {
            Assert.Throws<InvalidDataException>(() => OnnxSession.Open(Elsewhere("graph")));
        }
        finally
        {
            File.Delete(here);
        }
    }

    private static byte[] Elsewhere(string where)
    {
        var model = ModelProto.Parser.ParseFrom(Odd("none"));
        var far = new TensorProto
        {
            Name = "far",
            DataType = (int)TensorProto.Types.DataType.Double,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        far.Dims.Add(1);
        far.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "far.data" });
        var inner = new GraphProto { Name = "inner" };
        inner.Initializer.Add(far);
        var attribute = where == "node" ? new AttributeProto { Name = "value", T = far } : new() { G = inner };
        if (where == "graph")
        {
            model.Graph.Initializer.Add(far);
            model.Graph.Node[0].OpType = "Add";
            model.Graph.Node[0].Input.Add(far.Name);
        }
        else
        {
            model.Graph.Node[0].Attribute.Add(attribute);
        }

        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }
}
