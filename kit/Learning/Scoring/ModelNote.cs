namespace Trainyard.Learning.Scoring;

/// <summary>What a trainer says of a model, for its card: "Levels" are "12 of 300 splits on sets".</summary>
public sealed record ModelNote(string Label, string Value);
