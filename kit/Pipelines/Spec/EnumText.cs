using System.Text.Json;

namespace Trainyard.Pipelines;

/// <summary>The text of an enum's value as the spec, manifests and messages write it.</summary>
public static class EnumText
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonSerializer.SerializeToElement(value, Json.Options).GetString()!;

    /// <summary>All values in the order of their declaration.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];
}
