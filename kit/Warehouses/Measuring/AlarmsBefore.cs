using System.Globalization;

namespace Trainyard.Warehouses;

/// <summary>What measure runs of a pipeline have told.</summary>
public static class AlarmsBefore
{
    private const string Runs = "measured_runs";

    /// <summary>The run with which the alarm began that the last measure run before an as-of told; null where it told
    /// none. Of runs of one as-of the last number counts, and those that could not tell are passed over.</summary>
    public static async Task<(string Run, DateTimeOffset AsOf)?> AlarmBeforeAsync(
        this IWarehouse warehouse,
        string pipeline,
        DateTimeOffset asOf,
        CancellationToken cancel
    )
    {
        if (!await warehouse.HasTableAsync(Runs, cancel))
        {
            return null;
        }

        var began = await warehouse.QueryAsync(
            new Query(
                $"""
                WITH numbered AS (
                    SELECT run, as_of, alarm,
                        row_number() OVER (PARTITION BY as_of ORDER BY length(run) DESC, run DESC) AS place
                    FROM {PredictionsTable.Schema}.{Runs}
                    WHERE pipeline = {Identifier.Literal(pipeline)} AND alarm IS NOT NULL
                        AND as_of < {Identifier.Literal(asOf)}
                )
                SELECT run, CAST(EXTRACT(EPOCH FROM as_of) AS bigint) AS seconds FROM numbered
                WHERE place = 1 AND alarm <> ''
                    AND NOT EXISTS (
                        SELECT 1 FROM numbered AS later
                        WHERE later.place = 1 AND later.alarm = '' AND later.as_of > numbered.as_of
                    )
                ORDER BY numbered.as_of LIMIT 1
                """,
                $"{PredictionsTable.Schema}.{Runs}"
            ),
            cancel
        );
        return began.Rows is [[var run, var seconds], ..]
            ? (run, DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)))
            : null;
    }
}
