namespace Trainyard.Pipelines;

/// <summary>Where a text stops being UTF-8, and why.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The byte in it, from 1.</param>
/// <param name="What">What is there instead, and what to do.</param>
public sealed record NotUtf8(int Line, int Column, string What);
