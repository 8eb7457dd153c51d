using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>What is said of an evaluation in a word or a figure.</summary>
internal static class EvaluationFacts
{
    public static IEnumerable<Fact> Of(Evaluation evaluation)
    {
        if (evaluation.Coverage is { } coverage)
        {
            yield return new Fact(
                "Interval",
                $"{Formats.Share(coverage.Held.Value)} held of {Formats.Share(coverage.Asked)}"
            )
            {
                Note = CoverageExhibit.Sentence(coverage),
            };
        }

        if (evaluation.Looks is { } looks)
        {
            yield return new Fact("Looks at the holdout", Formats.Count(looks)) { Note = Look.Sentence(looks) };
        }

        if (evaluation.RowOrder is { } order)
        {
            yield return new Fact("Order of rows", $"{Formats.Share(order.Share)} drift along the key")
            {
                Note = order.Sentence(),
            };
        }

        foreach (var (name, rows) in evaluation.LeftOut ?? new Dictionary<string, string>())
        {
            var title = Metric.All.FirstOrDefault(metric => metric.Name == name)?.Title ?? name;
            yield return new Fact($"Left out of {title}", rows);
        }
    }
}
