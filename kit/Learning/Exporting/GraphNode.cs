namespace Trainyard.Learning.Exporting;

/// <summary>A step of a graph.</summary>
/// <param name="Operation">ONNX's name for what it does.</param>
/// <param name="Output">The name of what it gives.</param>
/// <param name="Attributes">What else it is told: long, long[], string[] or <see cref="GraphTensor"/>.</param>
/// <param name="IsOfLearning">Whether ONNX lists the operation among those of models (ai.onnx.ml).</param>
public sealed record GraphNode(
    string Operation,
    IReadOnlyList<string> Inputs,
    string Output,
    IReadOnlyDictionary<string, object> Attributes,
    bool IsOfLearning
);
