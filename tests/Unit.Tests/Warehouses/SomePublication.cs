using System.Globalization;
using System.Text;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Tests.Warehouses;

/// <summary>Predictions that say nothing, of runs that never were.</summary>
internal static class SomePublication
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    public static readonly Column[] Flight = [new("flight_id", ColumnType.BigInt, false)];

    public static PublishRequest Request(
        PredictionsTable table,
        PublishedRun run,
        IReadOnlyList<Column> columns,
        string part
    ) =>
        new()
        {
            Table = table,
            Run = run,
            Model = new PublishedModel
            {
                Version = "train.1",
                AsOf = Monday.AddDays(-1),
                TrainedAt = Monday.AddDays(-1),
                LearnedThrough = Monday.AddDays(-3),
                Metric = "auc",
                Value = 0.7,
                Promoted = true,
                Reason = "It is better.",
                DefinitionHash = "d1",
                Sql = "SELECT 1 WHERE {{ from }} < {{ to }}",
                SqlSha256 = "s1",
                TrainingData = "store/flights/runs/train.1/extract/manifest.json",
                TrainingDataSha256 = "m1",
                Package = "store/flights/models/train.1",
                CardSha256 = "c1",
                Image = "step-train:1",
            },
            Columns = columns,
            Parts = new[]
            {
                new PredictionPart(new MemoryStream(Encoding.UTF8.GetBytes(part)), "part-0.csv"),
            }.ToAsyncEnumerable(),
        };

    public static Column[] Columns(PredictionsTable table) =>
        [
            .. table.Key,
            .. table.TaskColumns,
            new("hindsight", ColumnType.Boolean, false),
            new("cutoff", ColumnType.TimestampTz, false),
            new("predicted_at", ColumnType.TimestampTz, false),
        ];

    public static string Part(DateTimeOffset cutoff, string[] rows) =>
        string.Concat(
            rows.Select(row =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{row},{cutoff:yyyy-MM-dd HH:mm:ss}+00,2026-03-02 01:00:00+00\n"
                    )
                )
                .Prepend("flight_id,probability,label,hindsight,cutoff,predicted_at\n")
        );

    public static PublishedRun Run(string run) =>
        new()
        {
            Run = run,
            Kind = RunKind.Score,
            AsOf = Monday,
            ModelOverride = false,
            DefinitionHash = "d1",
            SqlSha256 = "s2",
            Folder = $"store/flights/runs/{run}",
            StartedAt = Monday.AddHours(1),
            PublishedAt = Monday.AddHours(2),
            Steps = [new PublishedStep(StepName.Score, 1.5, 1, 4096, 10, 20, 2)],
        };
}
