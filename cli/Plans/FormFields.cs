using System.Text.Json.Nodes;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary>The fields of the form in which a person starts a run by hand. Empty is always allowed, and means: not
/// given.</summary>
internal static class FormFields
{
    /// <summary>The fields of a kind of run by their names.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Of(RunShape run)
    {
        var fields = new Dictionary<string, JsonObject> { ["as_of"] = AsOf };
        if (run.TakesAnyModel)
        {
            fields["model"] = Model;
        }
        else if (!run.NeedsModel)
        {
            fields["promote"] = Promote;
        }

        fields["limit"] = Limit;
        return fields;
    }

    /// <summary>The variables by which a step is told what stands in fields.</summary>
    public static Dictionary<string, string> Variables(params string[] fields) =>
        fields.ToDictionary(field => $"TRAINYARD_{field.ToUpperInvariant()}", field => $"{{{field}}}");

    private static JsonObject AsOf =>
        Text(
            "As of",
            "The instant that the run pretends to be: an instant with its offset (2013-12-30T00:00:00-05:00), "
                + "or a date, which is its midnight in the pipeline's zone. Empty: the run's own.",
            @"^\s*(\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.]\d{1,7})?)?(Z|[+-]\d{2}:\d{2}))?\s*)?$"
        );

    private static JsonObject Promote =>
        Text(
            "Promote although the gate says no",
            "The reason, which is kept in the promotions log. Empty: the gate decides."
        );

    private static JsonObject Model =>
        Text(
            "Score with this model",
            "A model's version (its train run's id), or latest. Its predictions are published, but never "
                + "current. Empty: the champion of the as-of.",
            "^([A-Za-z0-9][A-Za-z0-9._-]{0,119})?$"
        );

    private static JsonObject Limit =>
        new()
        {
            ["type"] = new JsonArray("null", "integer"),
            ["title"] = "Only so many rows",
            ["description"] = "A trial on at most so many rows: it never promotes or publishes. Empty: all rows.",
            ["minimum"] = 1,
        };

    private static JsonObject Text(string title, string description, string? pattern = null)
    {
        var field = new JsonObject
        {
            ["type"] = new JsonArray("null", "string"),
            ["title"] = title,
            ["description"] = description,
        };
        if (pattern is not null)
        {
            field["pattern"] = pattern;
        }

        return field;
    }
}
