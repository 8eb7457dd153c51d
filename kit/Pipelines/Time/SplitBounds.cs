namespace Trainyard.Pipelines;

/// <summary>What a training row is used for.</summary>
public enum SplitPart
{
    Fit,
    Validation,
    Holdout,

    /// <summary>Just before a later part, where its label was not yet known when that part begins: used for
    /// nothing.</summary>
    Gap,
}

/// <summary>
/// The borders of fit | validation | holdout in time; with folds there is no validation. A part holds the rows with a
/// cutoff after its border up to the next border; before a part that starts after h, rows in (h − known_after, h] are
/// the gap.
/// </summary>
public sealed record SplitBounds(
    DateTimeOffset FitEnds,
    DateTimeOffset ValidationAfter,
    DateTimeOffset ValidationEnds,
    DateTimeOffset HoldoutAfter,
    DateTimeOffset HoldoutEnds
)
{
    /// <summary>The borders for a train window that ends at <paramref name="to"/>.</summary>
    public static SplitBounds Of(Definition definition, DateTimeOffset to)
    {
        var (clock, split) = (definition.Clock, definition.Model.Split);
        var gap = definition.Label?.KnownAfter ?? default;
        var holdoutAfter = clock.Subtract(to, split.Holdout.Span);
        var validationEnds = clock.Ago(holdoutAfter, gap);
        if (split.Folds > 1)
        {
            return new SplitBounds(validationEnds, validationEnds, validationEnds, holdoutAfter, to);
        }

        var validationAfter = clock.Subtract(validationEnds, split.Validation.Span);
        return new SplitBounds(clock.Ago(validationAfter, gap), validationAfter, validationEnds, holdoutAfter, to);
    }

    public SplitPart PartOf(DateTimeOffset cutoff) =>
        cutoff > HoldoutAfter ? SplitPart.Holdout
        : cutoff > ValidationEnds ? SplitPart.Gap
        : cutoff > ValidationAfter ? SplitPart.Validation
        : cutoff > FitEnds ? SplitPart.Gap
        : SplitPart.Fit;
}
