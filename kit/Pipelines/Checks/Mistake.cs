namespace Trainyard.Pipelines;

/// <summary>A mistake in a pipeline's files: where it is, what it is, and the fix.</summary>
/// <param name="Line">From 1 on; 0 where it is in no file, and <paramref name="File"/> says where.</param>
public sealed record Mistake(string File, int Line, int Column, string Message)
{
    /// <summary>The value of the spec it is about, as a JSON pointer.</summary>
    internal string? Pointer { get; init; }

    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
