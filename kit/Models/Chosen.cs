using Trainyard.Registry;

namespace Trainyard.Models;

/// <summary>A training that goes on, and what validation had to choose from.</summary>
/// <param name="Tried">What was seen of trainers; null where the spec names one.</param>
/// <param name="Trials">What was seen of options; null where none were searched.</param>
internal sealed record Chosen(
    Begun Begun,
    IReadOnlyList<TrainerTried>? Tried = null,
    IReadOnlyList<Trial>? Trials = null
);
