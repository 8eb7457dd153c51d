using Microsoft.ML;
using Microsoft.ML.Data;

namespace Trainyard.Trainers.MlNet;

/// <summary>Turns scores into probabilities by the shares of positives on validation.</summary>
internal static class IsotonicCalibration
{
    /// <summary>
    /// Fits the calibrator with one positive more at the lowest score and one negative more at the highest. Without
    /// them a
    /// range of scores in which validation happens to have no positive gets the probability 0, and the first that comes
    /// there later makes the log loss worse than that of a constant.
    /// </summary>
    public static ITransformer Fit(MLContext ml, IDataView scored)
    {
        var rows = scored
            .GetColumn<float>("Score")
            .Zip(
                scored.GetColumn<bool>(RowsView.Label),
                (score, label) => new ScoredLabel { Score = score, Label = label }
            )
            .ToList();
        rows.Add(new ScoredLabel { Score = rows.Min(row => row.Score), Label = true });
        rows.Add(new ScoredLabel { Score = rows.Max(row => row.Score), Label = false });
        return ml
            .BinaryClassification.Calibrators.Isotonic(nameof(ScoredLabel.Label), nameof(ScoredLabel.Score))
            .Fit(ml.Data.LoadFromEnumerable(rows));
    }

    internal sealed class ScoredLabel
    {
        public float Score { get; set; }

        public bool Label { get; set; }
    }
}
