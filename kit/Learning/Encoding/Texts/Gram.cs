namespace Trainyard.Learning.Encoding;

/// <summary>What a text has at one place of its column in the wide table: a word, or a piece of one.</summary>
/// <param name="Amount">How much of it, on the whole a text's share of <see cref="TextGrams.Reach"/>.</param>
public readonly record struct Gram(int Place, float Amount);
