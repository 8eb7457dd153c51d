using Trainyard.Pipelines;

namespace Trainyard.Learning.Training;

/// <summary>What a trainer is to learn, whatever the task is called.</summary>
/// <param name="Learns">What it makes small.</param>
/// <param name="Watches">What decides on validation how large the model is.</param>
/// <param name="Width">How many scores a row has: one for each class where there are several, which labels name from 0
/// on.</param>
public sealed record Objective(Loss Learns, Loss Watches, int Width = 1);
