using Trainyard.Trainers.Linear;

namespace Trainyard.Trainers.Stacked;

/// <summary>A model as a package keeps it: what it makes of texts, and what of that and all else.</summary>
internal sealed record StackedModel
{
    /// <summary>Goes up with whatever an older version would not understand.</summary>
    public const int Newest = 1;

    public required int Format { get; init; }

    /// <summary>What a text adds by its model is counted in this.</summary>
    public required double Unit { get; init; }

    /// <summary>The model of texts.</summary>
    public required LinearModel Texts { get; init; }

    /// <summary>The model that reads what texts become, as its trainer writes it.</summary>
    public required string Model { get; init; }
}
