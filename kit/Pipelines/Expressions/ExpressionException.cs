namespace Trainyard.Pipelines;

/// <summary>An expression that does not parse: why, and the position in its text.</summary>
public sealed class ExpressionException(string message, int index) : FormatException(message)
{
    /// <summary>Where in the text, from 0.</summary>
    public int Index { get; } = index;
}
