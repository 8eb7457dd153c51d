using Trainyard.Learning.Data;
using Trainyard.Models.Packaging;
using Trainyard.Registry;

namespace Trainyard.Steps.Score;

/// <summary>Which rows the model has learned: those of its time, or where there is no time those of its keys.</summary>
/// <param name="learnedThrough">The last cutoff that it has learned.</param>
/// <param name="keys">Those that it has learned; null where there is time, or they were not noted.</param>
internal sealed class Hindsight(DateTimeOffset? learnedThrough, LearnedKeys? keys)
{
    public static async Task<Hindsight> LoadAsync(Package package, Card card, CancellationToken cancel) =>
        new(card.LearnedThrough, await LoadedPackage.LoadLearnedKeysAsync(package, card, cancel));

    public bool Has(Frame frame, int row) =>
        keys?.Contains(frame.Keys[row]) ?? (frame.Cutoffs.Length > 0 && frame.Cutoffs[row] <= learnedThrough);
}
