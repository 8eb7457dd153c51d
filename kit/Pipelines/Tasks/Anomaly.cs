namespace Trainyard.Pipelines;

public sealed partial class ModelTask
{
    private const double FlaggedByDefault = 0.05;

    /// <summary>So many times the share that is asked for may be flagged, unless the spec says.</summary>
    private const int MostTimesFlagged = 5;

    private static readonly Share FlagByDefault = new(0.01);

    public static ModelTask Anomaly { get; } =
        new()
        {
            Name = "anomaly",
            Label = LabelKind.Boolean,
            LearnsLabels = false,
            AnswerColumns = [new("score", ColumnType.Double), new("anomalous", ColumnType.Boolean)],
            Keys = ["flag"],
            OtherKeys = ["label/positive"],
            Counts = "anomalous",
            CountedAs = "flagged",
            Learns = (_, _) => Loss.Own,
            ScoreUnit = "the score",
            Limits =
            [
                new(
                    "flagged",
                    "share of rows that are flagged",
                    "flagged_at_most",
                    gate => gate.FlaggedAtMost?.Value ?? FlaggedByDefault,
                    OfComparison: false,
                    IsLeast: false,
                    IsShare: true
                ),
            ],
            Fill = model =>
                model with
                {
                    Calibrate = model.Calibrate ?? Calibration.None,
                    Flag = model.Flag ?? FlagByDefault,
                },
            FillGate = (gate, model) =>
                gate with
                {
                    FlaggedAtMost =
                        gate.FlaggedAtMost
                        ?? new Share(
                            Math.Min(
                                1,
                                Math.Max(
                                    FlaggedByDefault,
                                    (double)(MostTimesFlagged * (decimal)(model.Flag ?? FlagByDefault).Value)
                                )
                            )
                        ),
                },
            Problems = (model, _) =>
                model.Flag is { Value: <= 0 or >= 1 }
                    ? [("flag", "the share of rows to flag lies between 0% and 100%, such as 1%; write one.")]
                    : [],
        };
}
