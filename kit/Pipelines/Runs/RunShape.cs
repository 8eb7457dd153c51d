namespace Trainyard.Pipelines;

/// <summary>What a kind of run is: which rows it reads, with what in them, and which steps it takes. All that loops
/// over the kinds of run, or asks what one of them needs, asks this list.</summary>
public sealed record RunShape
{
    private static readonly RunShape Train = new()
    {
        Kind = RunKind.Train,
        Purpose = StepName.Train,
        Verb = "learn from",
        Outcome = "learned",
        Makes = "models",
        ReadsLabel = true,
        NeedsModel = false,
        RowsOf = (definition, asOf) =>
        {
            var to = Mature(definition, asOf);
            return new Window(definition.Clock.Subtract(to, definition.Rows.History), to);
        },
    };

    private static readonly RunShape Score = new()
    {
        Kind = RunKind.Score,
        Purpose = StepName.Score,
        Verb = "score",
        Outcome = "published",
        Makes = "predictions",
        ReadsLabel = false,
        NeedsModel = true,
        TakesAnyModel = true,
        ReadsOneBlock = true,
        RowsOf = (definition, asOf) => new Window(definition.Clock.Previous(asOf), asOf),
    };

    private static readonly RunShape Measure = new()
    {
        Kind = RunKind.Measure,
        Since = "1.1.0",
        Purpose = StepName.Measure,
        Verb = "measure",
        Outcome = "measured",
        ReadsLabel = true,
        NeedsModel = true,
        WhyNone = definition =>
            definition is { Label: null, Model.Task.LearnsLabels: false }
                ? "without a label there is nothing to hold answers against"
            : !definition.Rows.HasTime
                ? "without a time (rows.cutoff) there is no telling which labels have arrived since a prediction"
            : null,
        RowsOf = (definition, asOf) =>
        {
            var (clock, to) = (definition.Clock, Mature(definition, asOf));
            var labels = clock.Subtract(to, Span.Days(24 * (definition.Label?.KnownAfter ?? default).DaysOrMore));
            var history = clock.Subtract(to, definition.Rows.History);
            DateTimeOffset[] begins =
            [
                clock.Subtract(to, Span.Days(28)),
                clock.Subtract(to, clock.Interval with { Count = 30 }),
                labels > history ? labels : history,
            ];
            return new Window(begins.Min(), to);
        },
    };

    /// <summary>The kinds of run, in the order in which <c>trainyard run</c> makes them.</summary>
    public static IReadOnlyList<RunShape> All { get; } = [Train, Score, Measure];

    public required RunKind Kind { get; init; }

    /// <summary>The oldest version that knows it.</summary>
    public string Since { get; init; } = "1.0.0";

    /// <summary>The step that is this kind's own.</summary>
    public required StepName Purpose { get; init; }

    /// <summary>The steps, in their order.</summary>
    public IReadOnlyList<StepName> Steps => [StepName.Extract, StepName.Features, Purpose, StepName.Report];

    /// <summary>What it does with its rows, as in "there is nothing to score".</summary>
    public required string Verb { get; init; }

    /// <summary>What became of its rows, as in "nothing was published".</summary>
    public required string Outcome { get; init; }

    /// <summary>What may be new when its own step has ended well; null where nobody waits for it.</summary>
    public string? Makes { get; init; }

    /// <summary>Whether its rows have their label; if not, the label is not even read.</summary>
    public required bool ReadsLabel { get; init; }

    /// <summary>Whether it takes its definition from a model's package; if not, from the pipeline's folder.</summary>
    public required bool NeedsModel { get; init; }

    /// <summary>Whether a person may name another model than the champion.</summary>
    public bool TakesAnyModel { get; init; }

    /// <summary>Why there is none under a definition, as the end of a sentence; null where there is.</summary>
    public Func<Definition, string?> WhyNone { get; init; } = _ => null;

    /// <summary>Whether what it reads is one <c>every</c> of the clock, and can be held against others.</summary>
    public bool ReadsOneBlock { get; init; }

    /// <summary>The rows it reads as of an instant, where the table has time.</summary>
    public required Func<Definition, DateTimeOffset, Window> RowsOf { get; init; }

    public static RunShape Of(RunKind kind) => All.Single(shape => shape.Kind == kind);

    /// <summary>
    /// The window of a run. Train: labels are mature, so <c>To = as-of − known_after</c> and <c>From = To −
    /// history</c>.
    /// Score: what has come since the as-of before, so that every row is in the window of one as-of.
    /// Measure: labels are mature, and enough of them to tell chance from change: the longest of 28 days, 30 times
    /// as often as the pipeline predicts, and 24 times as far as labels look ahead, for those of rows nearer to each
    /// other tell the same; the last no longer than history. Null where the table has no time.
    /// </summary>
    public Window? WindowOf(Definition definition, DateTimeOffset asOf) =>
        definition.Rows.HasTime ? RowsOf(definition, asOf) : null;

    /// <summary>The file of its query.</summary>
    public string SqlOf(RowsSpec rows) => ReadsLabel ? rows.Sql.Train : rows.Sql.Score;

    /// <summary>The last cutoff whose label is known as of an instant.</summary>
    private static DateTimeOffset Mature(Definition definition, DateTimeOffset asOf) =>
        definition.Label?.KnownAfter is { } knownAfter ? definition.Clock.Ago(asOf, knownAfter) : asOf;
}
