using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>Tries as they are drawn side by side: their metric, what they gain, and their curves over each
/// other.</summary>
public static class ComparedExhibits
{
    /// <param name="definition">Of the first, in whose metric all are measured.</param>
    /// <param name="tries">The first is what the others are held against.</param>
    /// <param name="lines">A set a try; null where it has no answers that can be drawn.</param>
    public static IReadOnlyList<Exhibit> Of(
        Definition definition,
        bool areClasses,
        IReadOnlyList<ComparedTry> tries,
        IReadOnlyList<TriedLines?> lines
    )
    {
        var words = AnswerWords.Of(definition.Model.Task, areClasses);
        return
        [
            .. new Exhibit?[]
            {
                Values(definition.Metric, tries),
                Gains(definition.Metric, tries),
                Lines(AucCurve.Of([]), tries, [.. lines.Select(each => each?.Curves?.Roc)]),
                Lines(PrAucCurve.Of([]), tries, [.. lines.Select(each => each?.Curves?.PrecisionRecall)]),
                Lines(
                    new CurveExhibit
                    {
                        Id = "reliability",
                        Title = words.ReliabilityTitle,
                        Caption = words.ReliabilityCaption,
                        X = words.Predicted,
                        Y = words.Observed,
                        Points = [],
                        Diagonal = "the two are equal",
                    },
                    tries,
                    [
                        .. lines.Select(each =>
                            each?.Reliability.Select(bin => new Point(bin.Predicted, bin.Observed)).ToList()
                        ),
                    ]
                ),
            }.OfType<Exhibit>(),
        ];
    }

    private static IntervalsExhibit Values(Metric metric, IReadOnlyList<ComparedTry> tries) =>
        new()
        {
            Id = "values",
            Title = $"{metric.Title}, {(metric.HigherIsBetter ? "higher" : "lower")} is better",
            Caption = CaptionOf(tries.Select(tried => tried.Value)),
            X = new Axis(metric.Title),
            Rows = Rows(tries, tried => tried.Value),
        };

    /// <summary>The first gains nothing over itself, and shows where that is.</summary>
    private static IntervalsExhibit? Gains(Metric metric, IReadOnlyList<ComparedTry> tries) =>
        tries.All(tried => tried.Gain is null)
            ? null
            : new()
            {
                Id = "gains",
                Title = $"Gain over try {tries[0].Number}, more is better",
                Caption =
                    CaptionOf(tries.Select(tried => tried.Gain))
                    + " Paired: whichever rows are drawn, both answer the same. A line on one side of 0 is more than "
                    + "chance, as far as one try is looked at; of many the best is lucky, too.",
                X = new Axis($"gain in {metric.Title}"),
                Rows = Rows(tries, tried => tried == tries[0] ? new Estimate(0, null, null) : tried.Gain),
            };

    private static List<NamedEstimate> Rows(IReadOnlyList<ComparedTry> tries, Func<ComparedTry, Estimate?> of) =>
        [
            .. tries
                .Where(tried => of(tried) is not null)
                .Select(tried => new NamedEstimate(
                    ComparedTry.NameOf(tried.Number),
                    tried == tries[0] ? Role.Champion : Role.Model,
                    of(tried)!
                )),
        ];

    private static string? CaptionOf(IEnumerable<Estimate?> estimates) =>
        estimates.Any(estimate => estimate?.HasInterval == true) ? "The lines are 95\u00a0% intervals." : null;

    /// <param name="curve">What one of them is, without its points.</param>
    /// <returns>Null where there are none to draw.</returns>
    private static LinesExhibit? Lines(
        CurveExhibit curve,
        IReadOnlyList<ComparedTry> tries,
        IReadOnlyList<IReadOnlyList<Point>?> points
    )
    {
        List<NamedLine> drawn =
        [
            .. tries
                .Zip(points, (tried, own) => (ComparedTry.NameOf(tried.Number), Points: own ?? []))
                .Where(each => each.Points.Count > 1)
                .Select(each => new NamedLine(each.Item1, each.Points)),
        ];
        return drawn.Count == 0
            ? null
            : new()
            {
                Id = curve.Id,
                Title = curve.Title,
                Caption = curve.Caption,
                X = curve.X,
                Y = curve.Y,
                Lines = drawn,
                Diagonal = curve.Diagonal,
            };
    }
}
