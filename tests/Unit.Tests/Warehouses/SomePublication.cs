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
                .Prepend("flight_id,probability,predicted,hindsight,cutoff,predicted_at\n")
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

    /// <summary>The tables that 1.0 makes: its statements, word for word, on a warehouse that has published.</summary>
    public static string[] FirstReleaseTable(string constraints) =>
        [
            "DROP VIEW trainyard.flights_predictions_newest",
            "DROP VIEW trainyard.flights_predictions_current",
            "DROP TABLE trainyard.flights_predictions",
            $"""
                CREATE TABLE trainyard."flights_predictions" (
                    "pipeline" text NOT NULL, "flight_id" bigint NOT NULL, "cutoff" timestamptz NOT NULL,
                    "predicted_at" timestamptz NOT NULL, "run" text NOT NULL, "model" text NOT NULL,
                    "hindsight" boolean NOT NULL, "probability" double precision NOT NULL, "label" boolean NOT NULL,
                    {constraints}
                )
                """,
            """
                CREATE OR REPLACE VIEW trainyard."flights_predictions_current" AS
                SELECT "pipeline", "flight_id", "cutoff", "predicted_at", "run", "model", "hindsight",
                "probability", "label" FROM (
                    SELECT predictions.*, row_number() OVER (
                        PARTITION BY predictions."flight_id", predictions.cutoff
                        ORDER BY runs.published_at DESC, predictions.run DESC) AS "#"
                    FROM trainyard."flights_predictions" AS predictions
                    JOIN trainyard.runs AS runs ON runs.pipeline = predictions.pipeline AND runs.run = predictions.run
                    WHERE NOT predictions.hindsight AND NOT runs.model_override
                ) AS published
                WHERE "#" = 1
                """,
            """
                CREATE OR REPLACE VIEW trainyard."flights_predictions_newest" AS
                SELECT "pipeline", "flight_id", "cutoff", "predicted_at", "run", "model", "hindsight",
                "probability", "label" FROM (
                    SELECT predictions.*, row_number() OVER (
                    PARTITION BY predictions."flight_id" ORDER BY predictions.cutoff DESC) AS "#"
                    FROM trainyard."flights_predictions_current" AS predictions
                ) AS newest
                WHERE "#" = 1
                """,
        ];

    public const string FirstReleaseColumns =
        "pipeline, flight_id, cutoff, predicted_at, run, model, hindsight, probability, label";

    /// <summary>The rows of a side table, with the columns of <see cref="Reasons"/>.</summary>
    public static PublishedRows Side(SideTable table, params string[] rows) =>
        new(
            table,
            [
                .. table.Key,
                new("cutoff", ColumnType.TimestampTz, false),
                new("rank", ColumnType.Integer, false),
                new("feature", ColumnType.Text, false),
                new("value", ColumnType.Text, true),
                new("contribution", ColumnType.Double, false),
            ],
            new[]
            {
                new PredictionPart(
                    new MemoryStream(
                        Encoding.UTF8.GetBytes(
                            string.Concat(
                                rows.Select(row =>
                                        string.Create(
                                            CultureInfo.InvariantCulture,
                                            $"{Monday:yyyy-MM-dd HH:mm:ss}+00,{row}\n"
                                        )
                                    )
                                    .Prepend("cutoff,flight_id,rank,feature,value,contribution\n")
                            )
                        )
                    ),
                    "side-0.csv"
                ),
            }.ToAsyncEnumerable()
        );

    public static SideTable Reasons(PredictionsTable table) =>
        new(
            table,
            "reasons",
            [
                new("rank", ColumnType.Integer, false),
                new("feature", ColumnType.Text, false),
                new("value", ColumnType.Text, true),
                new("contribution", ColumnType.Double, false),
            ]
        );
}
