using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Learning.Encoding;

/// <summary>Many numbers of 32 bits in a document: little-endian, in base64, where digits would take three times the
/// room and as many lines.</summary>
public sealed class Packed<T> : JsonConverter<T[]>
    where T : unmanaged
{
    public override T[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var bytes = reader.GetBytesFromBase64();
        return bytes.Length % sizeof(uint) == 0
            ? MemoryMarshal.Cast<byte, T>(bytes).ToArray()
            : throw new JsonException("These are no numbers of 32 bits.");
    }

    public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.AsSpan()));
}
