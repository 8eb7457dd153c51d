using Trainyard.Learning.Calibrating;

namespace Trainyard.Learning.Exporting;

/// <summary>Writes into a graph what a calibrator does with probabilities.</summary>
internal static class CalibratorGraph
{
    public static GraphValue Write(Calibrator calibrator, GraphValue probability)
    {
        var steps = calibrator.Steps;

        // The first step that a probability does not lie above; one more behind the last.
        var place = GraphTrees.CountBelow(probability, [.. steps.Select(step => step.High)]).To(GraphType.Whole);
        CalibratorStep[] at = [steps[0] with { Low = double.NegativeInfinity }, .. steps.Skip(1), Behind(steps[^1])];
        CalibratorStep[] before = [steps[0], .. steps];
        double[] slopes =
        [
            .. at.Zip(
                before,
                (next, last) => double.IsFinite(next.Low) ? (next.Answer - last.Answer) / (next.Low - last.High) : 0
            ),
        ];
        var onLine = probability
            .Minus(Of(before, step => step.High))
            .Times(place.In(GraphTensor.Of(slopes)))
            .Plus(Of(before, step => step.Answer));
        return probability.IsAtLeast(Of(at, step => step.Low)).Choose(Of(at, step => step.Answer), onLine);

        GraphValue Of(CalibratorStep[] each, Func<CalibratorStep, double> number) =>
            place.In(GraphTensor.Of([.. each.Select(number)]));

        static CalibratorStep Behind(CalibratorStep last) => last with { Low = double.NegativeInfinity };
    }
}
