using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Gates;

/// <summary>The figures that a task has limits for, beside the metric, and what came of them.</summary>
internal static class Limits
{
    /// <summary>Those that are broken, as the end of a sentence; null where none is.</summary>
    public static string? Broken(GateCase @case) =>
        Of(@case).Where(each => !each.IsKept).Select(each => each.Text).ToList() is { Count: > 0 } broken
            ? string.Join(", and ", broken)
            : null;

    /// <summary>Those that are kept, each a sentence without its point.</summary>
    public static IEnumerable<string> Kept(GateCase @case) =>
        Of(@case).Where(each => each.IsKept).Select(each => Formats.Heading(each.Text));

    private static IEnumerable<(bool IsKept, string Text)> Of(GateCase @case) =>
        @case.Task.Limits.Select(limit => Of(limit, @case)).OfType<(bool, string)>();

    /// <summary>Null where there is no comparison that it could be a figure of.</summary>
    private static (bool IsKept, string Text)? Of(GateLimit limit, GateCase @case)
    {
        if (limit.OfComparison && @case.Champion is null)
        {
            return null;
        }

        var figures = limit.OfComparison ? @case.Champion!.Figures : @case.Evaluation.Model.Metrics;
        if (figures?.TryGetValue(limit.Figure, out var value) != true)
        {
            return (false, $"its {limit.Words} cannot be computed ({limit.Key})");
        }

        var held = limit.Of(@case.Spec);
        var figure = new HeldFigure(
            limit.Words,
            limit.IsShare ? Unit.Share : Unit.Number,
            held,
            value,
            limit.IsLeast ? held : null,
            limit.IsLeast ? null : held
        );
        return (figure.IsWithin, $"{figure.Against} ({limit.Key})");
    }
}
