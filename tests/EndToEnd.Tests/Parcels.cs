namespace Trainyard.Tests.EndToEnd;

/// <summary>
/// A small daily pipeline for tests of the whole chain: parcels of each day, and whether each came late, known two days on.
/// Lateness depends on weight and depot, so there is something to learn; the rest is chance.
/// </summary>
internal sealed class Parcels : IDisposable
{
    public const string Sql = """
        SELECT parcel_id, day_start, late, weight, stops, depot, handed_over
        FROM parcels
        WHERE day_start > {{ from }} AND day_start <= {{ to }}

        """;

    public const string Spec = """
        version: 1
        name: parcels
        about: Will a parcel handed over today come late?
        clock: {zone: America/New_York, every: day}
        rows: {sql: rows.sql, key: [parcel_id], cutoff: day_start, history: 100 days}
        label: {column: late, known_after: 2 days, null_at_most: 5%}
        features:
          numbers: [weight, stops]
          categories: [depot]
          derived:
            handed: {calendar: handed_over, parts: [hour_of_day, day_of_week]}
            load: {expression: "weight * stops"}
        model:
          task: binary
          options: {max_trees: 60, leaves: 7}
          split: {validation: 14 days, holdout: 28 days}
          calibrate: isotonic
          threshold: {cost: {false_alarm: 1, miss: 3}}
        metric: auc
        gate: {better_than_baseline_by: 0.05}

        """;

    // Pseudo-random numbers by hash, so that every machine has the same parcels.
    private const string Make = """
        CREATE TABLE parcels AS
        WITH drawn AS (
            SELECT parcel_id, DATE '2024-01-01' + CAST(parcel_id // 60 AS integer) AS day,
                hash(parcel_id * 7 + 1) % 1000 / 1000.0 AS a, hash(parcel_id * 7 + 2) % 1000 / 1000.0 AS b, hash(parcel_id * 7 + 3) % 1000 / 1000.0 AS c
            FROM range(60 * 160) AS ids(parcel_id)
        )
        SELECT CAST(parcel_id AS integer) AS parcel_id, CAST(day AS timestamp) AT TIME ZONE 'America/New_York' AS day_start,
            c < 0.08 + 0.5 * a * a + CASE WHEN parcel_id % 3 = 0 THEN 0.25 ELSE 0 END AS late,
            CASE WHEN parcel_id % 41 = 0 THEN NULL ELSE round(a * 30, 2) END AS weight,
            CAST(1 + floor(b * 20) AS integer) AS stops,
            ['north', 'south', 'harbour'][1 + parcel_id % 3] AS depot,
            (CAST(day AS timestamp) + to_minutes(CAST(floor(b * 1440) AS bigint))) AT TIME ZONE 'America/New_York' AS handed_over
        FROM drawn
        """;

    public Parcels()
    {
        Workspace.Write("pipelines/parcels/pipeline.yaml", Spec);
        Workspace.Write("pipelines/parcels/rows.sql", Sql);
        Workspace.Execute(Make);
    }

    public Workspace Workspace { get; } = new();

    public string Folder => Path.Combine(Workspace.Folder, "pipelines", "parcels");

    /// <summary>Runs <c>trainyard run</c> on the pipeline.</summary>
    public Task<Ended> RunAsync(string kind, string asOf, params string[] more) =>
        Programs.RunAsync("trainyard", ["run", Folder, "--kind", kind, "--as-of", asOf, "--store", Workspace.Store, "--warehouse", Workspace.Warehouse, .. more]);

    /// <summary>Runs one step of a run.</summary>
    public Task<Ended> StepAsync(string step, string runId, params string[] more) =>
        Programs.RunAsync(step, ["--pipeline", step == "extract" ? Folder : "parcels", "--run-id", runId, "--store", Workspace.Store, .. more]);

    /// <summary>Makes a train run by its steps, as far as named.</summary>
    public async Task TrainAsync(string runId, string asOf, params string[] steps)
    {
        (await StepAsync("extract", runId, "--kind", "train", "--as-of", asOf, "--warehouse", Workspace.Warehouse)).With(0);
        foreach (var step in steps)
        {
            (await StepAsync(step, runId)).With(0);
        }
    }

    /// <summary>Changes text of the spec or the SQL.</summary>
    public void Edit(string file, string from, string to)
    {
        var path = Path.Combine(Folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>The one file of a step's folder whose name begins so.</summary>
    public string FileOf(string runId, string step, string stem) =>
        Directory.EnumerateFiles(Path.Combine(Workspace.Store, "parcels", "runs", runId, step), stem + "*").Order(StringComparer.Ordinal).First();

    public void Dispose() => Workspace.Dispose();
}
