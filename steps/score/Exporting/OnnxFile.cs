using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using Trainyard.Learning.Exporting;
using Kind = Onnx.TensorProto.Types.DataType;

namespace Trainyard.Steps.Score.Exporting;

/// <summary>A graph as a file of ONNX. The same graph is the same bytes.</summary>
internal static class OnnxFile
{
    /// <summary>Of ONNX 1.16, the first to have trees of 64 bits.</summary>
    private const int Format = 10;

    private const int Operations = 21;
    private const int LearningOperations = 5;
    private const string Learning = "ai.onnx.ml";

    /// <param name="about">What is told of the model beside the graph, by name.</param>
    public static byte[] Of(Graph graph, string version, IEnumerable<KeyValuePair<string, string>> about)
    {
        var model = new ModelProto
        {
            IrVersion = Format,
            ProducerName = "trainyard",
            ProducerVersion = version,
            Graph = new GraphProto { Name = "model" },
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Operations });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Learning, Version = LearningOperations });
        model.MetadataProps.AddRange(
            about.Select(each => new StringStringEntryProto { Key = each.Key, Value = each.Value })
        );
        model.Graph.Input.AddRange(graph.Inputs.Select(FieldOf));
        model.Graph.Output.AddRange(graph.Outputs.Select(FieldOf));
        model.Graph.Initializer.AddRange(graph.Constants.Select(each => TensorOf(each.Value, each.Key)));
        model.Graph.Node.AddRange(graph.Nodes.Select(NodeOf));
        return model.ToByteArray();
    }

    private static ValueInfoProto FieldOf(GraphField field)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "rows" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = field.Width });
        return new ValueInfoProto
        {
            Name = field.Name,
            DocString = field.About ?? "",
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)KindOf(field.Type), Shape = shape },
            },
        };
    }

    private static NodeProto NodeOf(GraphNode node)
    {
        var made = new NodeProto
        {
            OpType = node.Operation,
            Name = node.Output,
            Domain = node.IsOfLearning ? Learning : "",
        };
        made.Input.AddRange(node.Inputs);
        made.Output.Add(node.Output);
        made.Attribute.AddRange(node.Attributes.Select(each => AttributeOf(each.Key, each.Value)));
        return made;
    }

    private static AttributeProto AttributeOf(string name, object value)
    {
        var made = new AttributeProto { Name = name };
        switch (value)
        {
            case GraphType type:
                (made.Type, made.I) = (AttributeProto.Types.AttributeType.Int, (long)KindOf(type));
                break;
            case long whole:
                (made.Type, made.I) = (AttributeProto.Types.AttributeType.Int, whole);
                break;
            case long[] wholes:
                made.Type = AttributeProto.Types.AttributeType.Ints;
                made.Ints.AddRange(wholes);
                break;
            case GraphTensor tensor:
                (made.Type, made.T) = (AttributeProto.Types.AttributeType.Tensor, TensorOf(tensor, name));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "Not known as an attribute.");
        }

        return made;
    }

    private static TensorProto TensorOf(GraphTensor tensor, string name)
    {
        var made = new TensorProto { Name = name, DataType = (int)KindOf(tensor.Type) };
        made.Dims.AddRange(tensor.Dimensions);
        switch (tensor.Values)
        {
            case string[] texts:
                made.StringData.AddRange(texts.Select(ByteString.CopyFromUtf8));
                break;
            case double[] numbers:
                made.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers.AsSpan()));
                break;
            case long[] wholes:
                made.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(wholes.AsSpan()));
                break;
            case byte[] bytes:
                made.RawData = ByteString.CopyFrom(bytes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(tensor), tensor.Type, "Not known as values.");
        }

        return made;
    }

    private static Kind KindOf(GraphType type) =>
        type switch
        {
            GraphType.Number => Kind.Double,
            GraphType.Single => Kind.Float,
            GraphType.Whole => Kind.Int64,
            GraphType.Text => Kind.String,
            GraphType.Flag => Kind.Bool,
            GraphType.Byte => Kind.Uint8,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not known as a type."),
        };
}
