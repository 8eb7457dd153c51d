namespace Trainyard.Steps.Report.Charts;

/// <summary>The charts of a page by their ids: those of its exhibits, and of a train run its verdict and its
/// time line.</summary>
internal static class PageCharts
{
    public static IReadOnlyDictionary<string, Chart> Of(ReportData data)
    {
        if (data.NothingToDo is not null)
        {
            return new Dictionary<string, Chart>();
        }

        var drawn = data.Exhibition.All.Select(exhibit => (exhibit.Id, Chart: ExhibitChart.Of(exhibit, data.Times)));
        if (data is { Card: { } card, Decided: { } decided })
        {
            drawn = drawn
                .Prepend(
                    (
                        Exhibition.Verdict,
                        ExhibitChart.Of(VerdictExhibit.Of(card.Evaluation, decided.Champion), data.Times)
                    )
                )
                .Append((Exhibition.Timeline, TimelineChart.Of(card.Split, data.Times)));
        }

        return drawn
            .Where(each => each.Chart is not null)
            .ToDictionary(each => each.Id, each => each.Chart!, StringComparer.Ordinal);
    }
}
