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
                new("temp", 0.912, 0, 0.0047, null, 38.94, 57.2),
                new("origin_late_1d", 0.311, 0, 0, null, 0.2104, 0.1722),
                new("dest", 0.143, 0, 0, 0.0021, null, null),
                new("tailnum", 0.081, 0.0124, 0.0083, 0.0434, null, null),
                new("seats", 0.034, 0.1632, 0.1563, null, 139.8, 136.7),
                new("carrier", 0.012, 0, 0, 0, null, null),
                new("departs_minute_of_day", 0.004, 0, 0, null, 806.2, 811.4),
                new("distance", 0.0021, 0, 0, null, 1072.4, 1045.8),
                new("origin", null, 0, 0, 0, null, null),
            ],
            Highest =
            [
                .. new[] { 0.6712, 0.6233, 0.6098, 0.5874, 0.5512, 0.5498, 0.5211, 0.5102, 0.4987, 0.4871 }.Select(
                    (prediction, index) => new TopRow([$"{334_201 + index * 37}"], SomeRun.AsOf, prediction)
                ),
            ],
        };
}
