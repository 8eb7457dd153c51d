using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>One of the tries that are compared.</summary>
public sealed record ComparedTry
{
    /// <summary>From 1 on, of the run.</summary>
    public required int Number { get; init; }

    /// <summary>Null where it has none in the metric.</summary>
    public Estimate? Value { get; init; }

    /// <summary>Over the first, positive when better; null of the first, and where there is none.</summary>
    public Estimate? Gain { get; init; }

    /// <summary>Every metric and figure of its task that can be computed, by name.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }
    public required Trainer Trainer { get; init; }

    /// <summary>What validation picked, in the trainer's unit.</summary>
    public required int Size { get; init; }
    public required double Seconds { get; init; }

    /// <summary>What is otherwise than in the run, as <c>model.options.leaves=63</c>; empty where nothing is.</summary>
    public required IReadOnlyList<string> Differs { get; init; }

    /// <summary>What it is called beside others.</summary>
    public static string NameOf(int number) => $"Try {number}";
}
