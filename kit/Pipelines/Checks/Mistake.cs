namespace Trainyard.Pipelines;

/// <summary>A mistake in a pipeline's files: where it is, what it is, and the fix.</summary>
public sealed record Mistake(string File, int Line, int Column, string Message)
{
    /// <summary>The value of the spec it is about, as a JSON pointer.</summary>
    internal string? Pointer { get; init; }

    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
