using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Registry;

namespace Trainyard.Steps.Report.Charts;

/// <summary>What report.js draws under one id: a kind it knows, and that kind's data.</summary>
/// <param name="Kind">The function in report.js.</param>
/// <param name="Label">What the chart shows, in words, for those who do not see it.</param>
/// <param name="Data">The data of the kind.</param>
public sealed record Chart(string Kind, string Label, object Data)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The JSON of a page's charts. The default encoder writes &lt;, &gt;, &amp; and quotes as \u003C…, so
    /// that no name can end the script element it stands in.</summary>
    public static string Serialize(IReadOnlyDictionary<string, Chart> charts) =>
        JsonSerializer.Serialize(
            charts.ToDictionary(chart => chart.Key, chart => new { chart.Value.Kind, chart.Value.Data }),
            Options
        );
}

/// <summary>An axis: the ends of its scale where it has some, and whether its figures are read as per cent.</summary>
public sealed record ChartAxis(string Label, bool Percent, IReadOnlyList<double>? Domain)
{
    internal static ChartAxis Of(Axis axis) =>
        new(axis.Name, axis.Unit == Unit.Share, axis is { Low: { } low, High: { } high } ? [low, high] : null);
}

/// <summary>A point of a curve or a bin; <paramref name="Rows"/> sizes its dot.</summary>
public sealed record ChartPoint(double? X, double? Y, long? Rows = null);

/// <summary>A day of the time line.</summary>
public sealed record DayRows(string From, string Part, long Rows);
