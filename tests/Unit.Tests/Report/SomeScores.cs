using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Report;

internal static class SomeScores
{
    public static ScoreSummary Flights { get; } =
        new()
        {
            Model = "train.20131230T050000Z.1",
            Task = ModelTask.Binary,
            Rows = 968,
            Positives = 214,
            Hindsight = 0,
            PredictedAt = SomeRun.AsOf.AddHours(1).AddMinutes(4),
            Table = "trainyard.flights_predictions",
            Mean = 0.1514,
            Scores = new Histogram(
                0,
                1,
                [
                    .. Enumerable
                        .Range(0, 50)
                        .Select(bin => (long)(968 * 0.19 * Math.Pow(bin / 50.0 + 0.03, 0.9) * Math.Exp(-bin / 5.2))),
                ]
            ),
            Inputs =
            [
                Input("temp", 6.4, MovedIn.Values, 0.412, nulls: (0, 0.0047), means: (38.94, 57.2)),
                Input("seats", 3.9, MovedIn.Nulls, 0.034, nulls: (0.4632, 0.1563), means: (139.8, 136.7)),
                Input("tailnum", 1.2, MovedIn.Unseen, 0.081, nulls: (0.0124, 0.0083), unseen: 0.0434),
                Input("dest", 0.7, MovedIn.Values, 0.043, unseen: 0.0021),
                Input("distance", -0.3, MovedIn.Values, 0.0021, means: (1072.4, 1045.8)),
                Input("origin", null, null, null, unseen: 0),
            ],
            Moves = new MovesTold(240, new OddBlock(SomeRun.AsOf.AddDays(-6), "visib", 3.2), ["temp", "seats"])
            {
                Above = [new OddBlock(SomeRun.AsOf.AddDays(-40), "origin", 98)],
            },
            Highest =
            [
                .. new[] { 0.6712, 0.6233, 0.6098, 0.5874, 0.5512, 0.5498, 0.5211, 0.5102, 0.4987, 0.4871 }.Select(
                    (prediction, index) => new TopRow([$"{334_201 + index * 37}"], SomeRun.AsOf, prediction)
                ),
            ],
        };

    public static MovedInput Input(
        string column,
        double? beyond,
        MovedIn? what,
        double? distance,
        (double Now, double Then) nulls = default,
        double? unseen = null,
        (double Now, double Then)? means = null
    ) =>
        new(column, nulls.Now, nulls.Then, unseen, means?.Now, means?.Then)
        {
            Beyond = beyond,
            In = what,
            Distance = distance,
        };
}
