using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Trainyard.Learning.Exporting;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>What a file takes and gives, in words.</summary>
internal static class OnnxFields
{
    /// <summary>As <c>double x [rows, 1]</c>.</summary>
    public static string List(IEnumerable<KeyValuePair<string, NodeMetadata>> fields) =>
        string.Join(", ", fields.Select(field => $"{TypeOf(field.Value)} {field.Key}{ShapeOf(field.Value)}"));

    /// <summary>Those that are tensors.</summary>
    public static IReadOnlyList<GraphField> Of(IReadOnlyDictionary<string, NodeMetadata> fields) =>
        [
            .. fields
                .Where(field => field.Value.IsTensor)
                .Select(field => new GraphField(
                    field.Key,
                    field.Value.ElementDataType switch
                    {
                        TensorElementType.Float => GraphType.Single,
                        TensorElementType.Int64 or TensorElementType.Int32 => GraphType.Whole,
                        TensorElementType.Bool => GraphType.Flag,
                        TensorElementType.String => GraphType.Text,
                        _ => GraphType.Number,
                    },
                    field.Value.Dimensions is [_, > 0 and var width] ? width : 1
                )),
        ];

    public static string TypeOf(NodeMetadata field) =>
        !field.IsTensor
            ? field.OnnxValueType switch
            {
                OnnxValueType.ONNX_TYPE_SEQUENCE => "sequence",
                OnnxValueType.ONNX_TYPE_MAP => "map",
                _ => "something other than a tensor",
            }
            : field.ElementDataType switch
            {
                TensorElementType.Float => "float",
                TensorElementType.Double => "double",
                TensorElementType.Int64 => "int64",
                TensorElementType.Int32 => "int32",
                TensorElementType.Bool => "bool",
                TensorElementType.String => "string",
                var other => other.ToString().ToLowerInvariant(),
            };

    private static string ShapeOf(NodeMetadata field) =>
        field.IsTensor
            ? $" [{string.Join(", ", field.Dimensions.Select((size, place) => SizeOf(field, size, place)))}]"
            : "";

    private static string SizeOf(NodeMetadata field, int size, int place) =>
        size >= 0 ? size.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : place == 0 ? "rows"
        : field.SymbolicDimensions[place] is { Length: > 0 } name ? name
        : "any";
}
