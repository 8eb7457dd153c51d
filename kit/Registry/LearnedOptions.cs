using System.Text.Json;
using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>The options that a model was learned under as its card holds them: by their keys, those that followed the
/// table as well as those that the spec says.</summary>
public static class LearnedOptions
{
    public static JsonElement Of(TrainerOptions options) =>
        JsonSerializer.SerializeToElement(options, options.GetType(), Json.Compact);

    /// <summary>As a person reads them: <c>leaves 15, learning_rate 0.03</c>.</summary>
    public static string Text(JsonElement options) =>
        string.Join(", ", options.EnumerateObject().Select(option => $"{option.Name} {option.Value}"));
}
