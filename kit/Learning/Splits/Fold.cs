namespace Trainyard.Learning.Splits;

/// <summary>Rows that are learned so that others, which are then new to the model, can be answered.</summary>
/// <param name="Learned">By their places in the frame.</param>
/// <param name="Answered">None of them is learned.</param>
public sealed record Fold(int[] Learned, int[] Answered);
