namespace Trainyard.Learning.Exporting;

/// <summary>What a graph takes, or gives, of each row.</summary>
/// <param name="Width">How many values a row.</param>
/// <param name="About">What whoever calls it has to know, in a phrase; null where the name and the type tell
/// all.</param>
public sealed record GraphField(string Name, GraphType Type, int Width = 1, string? About = null);
