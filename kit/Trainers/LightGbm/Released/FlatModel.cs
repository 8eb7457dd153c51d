using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.LightGbm.Released;

/// <summary>A saved chain of trees and calibrators as flat trees and the same calibrators.</summary>
internal sealed class FlatModel(FlatTrees trees, ICalibrator? calibrator)
{
    private const int MostProbes = 2000;

    /// <summary>Null where the chain is not one that is known here; it then answers itself.</summary>
    public static FlatModel? TryMake(ITransformer chain)
    {
        ITransformer[] links = chain is IEnumerable<ITransformer> several ? [.. several] : [chain];
        var models = links.Select(link => (link as ISingleFeaturePredictionTransformer<object>)?.Model).ToList();
        var (ensemble, calibrator) = models[0] switch
        {
            CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> binary => (
                binary.SubModel,
                binary.Calibrator
            ),
            TreeEnsembleModelParametersBasedOnRegressionTree regression => (regression, (ICalibrator?)null),
            _ => ((TreeEnsembleModelParametersBasedOnRegressionTree?)null, null),
        };
        if (models is [_, IsotonicCalibrator isotonic])
        {
            calibrator = isotonic;
        }

        return
            ensemble is not null
            && models.Count <= 2
            && (models.Count == 1 || models[1] is IsotonicCalibrator)
            && FlatTrees.TryMake(ensemble) is { } flat
            ? new FlatModel(flat, calibrator)
            : null;
    }

    /// <summary>Rows on which a model can be tried.</summary>
    public EncodedRows Probes(int columns) => trees.Probes(columns, MostProbes);

    /// <summary>Answers some of the rows, in the order given.</summary>
    public void Answer(EncodedRows rows, ReadOnlySpan<int> order, Span<double> answers)
    {
        var block = new float[2 * rows.Columns.Count * FlatTrees.RowsAtOnce];
        for (var first = 0; first < order.Length; first += FlatTrees.RowsAtOnce)
        {
            var some = order.Slice(first, Math.Min(FlatTrees.RowsAtOnce, order.Length - first));
            var sums = answers.Slice(first, some.Length);
            Gather(rows, some, block);
            sums.Clear();
            trees.Answer(block, sums);
            foreach (ref var sum in sums)
            {
                sum = calibrator is null ? (float)sum : calibrator.PredictProbability((float)sum);
            }
        }
    }

    private static void Gather(EncodedRows rows, ReadOnlySpan<int> order, float[] block)
    {
        for (var column = 0; column < rows.Columns.Count; column++)
        {
            var values = rows.Columns[column];
            var low = block.AsSpan(2 * column * FlatTrees.RowsAtOnce, order.Length);
            var high = block.AsSpan(((2 * column) + 1) * FlatTrees.RowsAtOnce, order.Length);
            for (var i = 0; i < order.Length; i++)
            {
                var value = values[order[i]];
                (low[i], high[i]) = float.IsNaN(value)
                    ? (float.NegativeInfinity, float.PositiveInfinity)
                    : (value, value);
            }
        }
    }
}
