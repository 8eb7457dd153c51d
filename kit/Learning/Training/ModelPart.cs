namespace Trainyard.Learning.Training;

/// <summary>One of the models that answer together: their scores stand side by side, in the order of the
/// parts.</summary>
/// <param name="Name">The stem of its file in the package.</param>
/// <param name="IsEnd">Whether it gives an end of an interval: constraints and weights are not its own, and rows that
/// are not learned put it right.</param>
public sealed record ModelPart(string Name, Objective Objective, bool IsEnd = false)
{
    /// <summary>The name of the first one, and of the only one where there are no others.</summary>
    public const string First = "model";
}
