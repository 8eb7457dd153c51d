using System.Reflection;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>The text of an enum's value as the spec, manifests and messages write it: the name that JSON gives it, or
/// where it stands in no document, its own in lower case.</summary>
public static class EnumText
{
    public static string Of<T>(T value)
        where T : struct, Enum => Texts<T>.Of[value];

    /// <summary>All values in the order of their declaration.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    private static class Texts<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(value => value, TextOf);

        private static string TextOf(T value)
        {
            var name = value.ToString();
            return typeof(T).GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                ?? name.ToLowerInvariant();
        }
    }
}
