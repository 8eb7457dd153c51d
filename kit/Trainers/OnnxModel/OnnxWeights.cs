using System.Buffers.Binary;
using System.Text;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>
/// Finds weights that a file of ONNX leaves to another file. Nobody keeps or hashes that one, and the library would
/// look for it in the folder that a step happens to be started in.
/// </summary>
internal static class OnnxWeights
{
    /// <summary>No library of protobuf reads what is nested deeper.</summary>
    private const int MostNested = 100;

    private const int TensorName = 8;
    private const int TensorPlace = 14;
    private const ulong InAnotherFile = 1;

    /// <summary>What a field of a message holds, of those in which there can be tensors; by onnx.proto.</summary>
    private static readonly Dictionary<(Message Message, int Field), Message> Holds = new()
    {
        [(Message.Model, 7)] = Message.Graph,
        [(Message.Model, 25)] = Message.Function,
        [(Message.Graph, 1)] = Message.Node,
        [(Message.Graph, 5)] = Message.Tensor,
        [(Message.Graph, 15)] = Message.Sparse,
        [(Message.Function, 7)] = Message.Node,
        [(Message.Function, 11)] = Message.Attribute,
        [(Message.Node, 5)] = Message.Attribute,
        [(Message.Attribute, 5)] = Message.Tensor,
        [(Message.Attribute, 6)] = Message.Graph,
        [(Message.Attribute, 10)] = Message.Tensor,
        [(Message.Attribute, 11)] = Message.Graph,
        [(Message.Attribute, 22)] = Message.Sparse,
        [(Message.Attribute, 23)] = Message.Sparse,
        [(Message.Sparse, 1)] = Message.Tensor,
        [(Message.Sparse, 2)] = Message.Tensor,
    };

    /// <summary>The name of the first that stands in another file; null where none does, or this is no file of
    /// ONNX.</summary>
    public static string? FirstElsewhere(ReadOnlySpan<byte> file) => FirstElsewhere(file, Message.Model, 0);

    private static string? FirstElsewhere(ReadOnlySpan<byte> content, Message message, int nested)
    {
        var (name, isElsewhere) = ("", false);
        while (nested < MostNested && Next(ref content, out var field, out var number, out var within))
        {
            if (message == Message.Tensor)
            {
                name = field == TensorName ? Encoding.UTF8.GetString(within) : name;
                isElsewhere |= field == TensorPlace && number == InAnotherFile;
            }
            else if (
                Holds.TryGetValue((message, field), out var held)
                && FirstElsewhere(within, held, nested + 1) is { } found
            )
            {
                return found;
            }
        }

        return isElsewhere ? name : null;
    }

    /// <summary>Takes a field off the front; not where nothing is left, or nothing that can be read.</summary>
    private static bool Next(
        ref ReadOnlySpan<byte> rest,
        out int field,
        out ulong number,
        out ReadOnlySpan<byte> within
    )
    {
        (field, number) = (0, 0);
        within = default;
        if (!Number(ref rest, out var tag))
        {
            return false;
        }

        field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                return Number(ref rest, out number);
            case 1 when rest.Length >= sizeof(ulong):
                number = BinaryPrimitives.ReadUInt64LittleEndian(rest);
                rest = rest[sizeof(ulong)..];
                return true;
            case 2 when Number(ref rest, out var length) && length <= (ulong)rest.Length:
                within = rest[..(int)length];
                rest = rest[(int)length..];
                return true;
            case 5 when rest.Length >= sizeof(uint):
                number = BinaryPrimitives.ReadUInt32LittleEndian(rest);
                rest = rest[sizeof(uint)..];
                return true;
            default:
                return false;
        }
    }

    /// <summary>In groups of seven bits, the lowest first.</summary>
    private static bool Number(ref ReadOnlySpan<byte> rest, out ulong number)
    {
        number = 0;
        for (var (bits, place) = (0, 0); place < rest.Length && bits < 64; place++, bits += 7)
        {
            number |= (ulong)(rest[place] & 0x7F) << bits;
            if (rest[place] < 0x80)
            {
                rest = rest[(place + 1)..];
                return true;
            }
        }

        return false;
    }

    private enum Message
    {
        Model,
        Graph,
        Function,
        Node,
        Attribute,
        Sparse,
        Tensor,
    }
}
