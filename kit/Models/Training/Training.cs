using Microsoft.ML;
using Microsoft.ML.Data;
using Trainyard.Models.Data;
using Trainyard.Models.Encoding;
using Trainyard.Models.Scoring;
using Trainyard.Models.Splits;
using Trainyard.Pipelines;

namespace Trainyard.Models.Training;

/// <summary>
/// Fits on fit, picks size, calibrator and threshold on validation, then fits again on both at that size. The holdout
/// is not touched.
/// </summary>
public static class Training
{
    public static TrainedModel Run(Definition definition, Frame frame, Split split, int threads, Action<string> say)
    {
        var spec = definition.Model;
        var keep = FrameLayout.CategoriesOf(definition.Features);
        int KeepOf(string column) => keep.GetValueOrDefault(column, CategorySpec.KeepByDefault);
        using var session = new MlSession(spec.Options.Seed);
        var ml = session.Context;

        say("Fitting on fit, with validation deciding when to stop");
        var encoder = Encoder.Fit(frame, split.Fit, KeepOf);
        var rows = encoder.Encode(frame);
        var targets = TargetsOf(spec, frame, split.Fit);
        var validation = new RowsView(encoder, rows, split.Validation, targets);
        var first = LightGbm.Fit(
            ml,
            definition,
            spec.Options.MaxTrees,
            new RowsView(encoder, rows, split.Fit, targets),
            validation,
            threads
        );
        var calibrator =
            spec.Task == ModelTask.Binary && spec.Calibrate == Calibration.Isotonic
                ? IsotonicCalibration.Fit(ml, first.Transformer.Transform(validation))
                : null;
        var threshold =
            spec.Task == ModelTask.Binary
                ? ThresholdOf(spec, Chain(first.Transformer, calibrator), validation, frame, split)
                : (double?)null;

        say($"Fitting {first.Trees} trees on fit and validation");
        var learned = split.Learned;
        targets = TargetsOf(spec, frame, learned);
        encoder = Encoder.Fit(frame, learned, KeepOf) with { LabelMiddle = targets.IsBinary ? null : targets.Middle };
        rows = encoder.Encode(frame);
        var final = LightGbm.Fit(
            ml,
            definition,
            first.Trees,
            new RowsView(encoder, rows, learned, targets),
            null,
            threads
        );

        // Saved and loaded, so that what is measured is what will be served.
        using var zip = new MemoryStream();
        ml.Model.Save(Chain(final.Transformer, calibrator), new RowsView(encoder, rows, [], null).Schema, zip);
        return new TrainedModel
        {
            Encoder = encoder,
            Model = ScoringModel.Load(zip.ToArray(), encoder, spec.Task, "the model just trained"),
            Trees = first.Trees,
            Threshold = threshold,
        };
    }

    private static Targets TargetsOf(ModelSpec spec, Frame frame, int[] rows) =>
        spec.Task != ModelTask.Binary ? Targets.FromMiddle(frame.Labels, rows)
        : spec.Weights == ClassWeights.Balanced ? Targets.Balanced(frame.Labels, rows)
        : new Targets(true, frame.Labels);

    private static ITransformer Chain(ITransformer trees, ITransformer? calibrator) =>
        calibrator is null ? trees : new TransformerChain<ITransformer>(trees, calibrator);

    private static double ThresholdOf(ModelSpec spec, ITransformer chain, RowsView validation, Frame frame, Split split)
    {
        if (spec.Threshold.At is { } at)
        {
            return at;
        }

        var probabilities = chain
            .Transform(validation)
            .GetColumn<float>("Probability")
            .Select(value => (double)value)
            .ToArray();
        return Threshold.OfLeastCost(
            probabilities,
            Array.ConvertAll(split.Validation, row => frame.Labels[row] > 0),
            spec.Threshold.Cost ?? new CostSpec()
        );
    }
}
