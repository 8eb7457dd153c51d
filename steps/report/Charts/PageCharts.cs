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

        var drawn = ChartsOf(data.Exhibition, data.Times);
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

        return Drawn(drawn);
    }

    public static IReadOnlyDictionary<string, Chart> Of(Exhibition exhibition, Times times) =>
        Drawn(ChartsOf(exhibition, times));

    private static IEnumerable<(string Id, Chart? Chart)> ChartsOf(Exhibition exhibition, Times times) =>
        exhibition.All.Select(exhibit => (exhibit.Id, ExhibitChart.Of(exhibit, times)));

    private static Dictionary<string, Chart> Drawn(IEnumerable<(string Id, Chart? Chart)> charts) =>
        charts
            .Where(each => each.Chart is not null)
            .ToDictionary(each => each.Id, each => each.Chart!, StringComparer.Ordinal);
}
