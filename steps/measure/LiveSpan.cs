using Trainyard.Learning.Live;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>What the predictions of a window came to.</summary>
/// <param name="Metrics">Of each model, and of all together as they served.</param>
/// <param name="All">The latter; null where there are none.</param>
/// <param name="Promised">What their holdouts promised together; null where that is not known.</param>
internal sealed record LiveSpan(Window Window, IReadOnlyList<LiveMetric> Metrics, LiveFigures? All, double? Promised)
{
    /// <summary>What is wrong, a sentence each, and none where nothing is; null where there is no telling.</summary>
    /// <remarks>Only all together are judged, over a whole span: a version alone has too few days.</remarks>
    /// <param name="worseByAtMost">How much worse than promised the metric may be.</param>
    public IReadOnlyList<string>? Alarms(Share worseByAtMost) =>
        All is { HasInterval: true } ? [.. LiveAlarm.Of(All, Promised, worseByAtMost)] : null;
}
