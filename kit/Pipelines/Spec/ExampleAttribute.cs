namespace Trainyard.Pipelines;

/// <summary>A text that has the form a key expects, for the JSON Schema and for messages.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExampleAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
