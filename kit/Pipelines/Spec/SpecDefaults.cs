namespace Trainyard.Pipelines;

/// <summary>Fills in the defaults that depend on other keys, so that whatever is frozen or printed is
/// complete.</summary>
internal static class SpecDefaults
{
    public static Spec Fill(Spec spec)
    {
        var definition = Fill(spec.ToDefinition() with { Model = spec.Model.Task.Choose(spec.Model) });
        return spec with
        {
            Features = definition.Features,
            Model = definition.Model,
            Gate = spec.Model.Task.FillGate(
                spec.Gate with
                {
                    Resample = spec.Gate.Resample ?? (spec.Rows.HasTime ? Resample.Cutoff : Resample.Row),
                },
                definition.Model
            ),
            Predictions = spec.Model.Task.FillPredictions(
                spec.Predictions with
                {
                    Table = PredictionNames.TableOf(spec.Predictions, spec.Name),
                }
            ),
        };
    }

    /// <summary>Also a definition that an older version has filled in: it gets the keys that came later.</summary>
    public static Definition Fill(Definition definition)
    {
        var model = definition.Model;
        var split = model.Split with { By = model.Split.By ?? (definition.Rows.HasTime ? SplitBy.Time : SplitBy.Key) };
        var byTime = split.By == SplitBy.Time;
        return definition with
        {
            Features = definition.Features with
            {
                Derived = definition.Features.Derived.ToDictionary(
                    feature => feature.Key,
                    feature => Fill(feature.Value)
                ),
            },
            Model = model.Task.Fill(
                model with
                {
                    Split = split with
                    {
                        Validation = Only(split.Validation, byTime),
                        Holdout = Only(split.Holdout, byTime),
                    },
                }
            ),
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
