namespace Trainyard.Pipelines;

/// <summary>Fills in the defaults that depend on other keys, so that whatever is frozen or printed is
/// complete.</summary>
internal static class SpecDefaults
{
    public static Spec Fill(Spec spec)
    {
        var (hasTime, isBinary) = (spec.Rows.HasTime, spec.Model.Task == ModelTask.Binary);
        var split = spec.Model.Split with { By = spec.Model.Split.By ?? (hasTime ? SplitBy.Time : SplitBy.Key) };
        var byTime = split.By == SplitBy.Time;
        return spec with
        {
            Features = spec.Features with
            {
                Derived = spec.Features.Derived.ToDictionary(feature => feature.Key, feature => Fill(feature.Value)),
            },
            Model = spec.Model with
            {
                Split = split with
                {
                    Validation = Only(split.Validation, byTime),
                    Holdout = Only(split.Holdout, byTime),
                },
                Threshold =
                    isBinary && spec.Model.Threshold is { Cost: null, At: null }
                        ? new ThresholdSpec { Cost = new CostSpec() }
                        : spec.Model.Threshold,
            },
            Gate = spec.Gate with { Resample = spec.Gate.Resample ?? (hasTime ? Resample.Cutoff : Resample.Row) },
            Predictions = spec.Predictions with { Table = spec.Predictions.Table ?? $"{spec.Name}_predictions" },
        };
    }

    private static DerivedSpec Fill(DerivedSpec derived) =>
        derived switch
        {
            { Calendar: not null, Cyclic: null } => derived with { Cyclic = false },
            { Cross: not null, Keep: null } => derived with { Keep = CategorySpec.KeepByDefault },
            _ => derived,
        };

    /// <summary>The default size carries a length and a share; one of them means something.</summary>
    private static SplitSize Only(SplitSize size, bool byTime) =>
        size is { IsSpan: true, IsShare: true }
            ? byTime
                ? size with
                {
                    Share = default,
                }
                : size with
                {
                    Span = default,
                }
            : size;
}
