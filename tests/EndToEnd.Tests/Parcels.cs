using System.Collections.Concurrent;
using System.Globalization;

namespace Trainyard.Tests.EndToEnd;

/// <summary>
/// A small daily pipeline for tests of the whole chain: parcels of each day, and whether each came late, known two
/// days on.
/// Lateness depends on weight and depot, so there is something to learn; the rest is chance.
/// </summary>
internal sealed class Parcels(Workspace workspace) : WorkspacePipeline(workspace, "parcels")
{
    private static readonly string[] Depots = ["north", "south", "harbour"];

    private static readonly ConcurrentDictionary<
        string,
        Lazy<Task<IReadOnlyList<(string Name, byte[] Content)>>>
    > Trainings = [];

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
        gate: {better_than_baseline_by: 0.05, worse_by_at_most: 0.1}

        """;

    /// <summary>Writes the pipeline's folder and fills its table: 60 parcels a day from 2024-01-01 on, 160
    /// days.</summary>
    public async Task MakeAsync()
    {
        Workspace.WriteFile("pipelines/parcels/pipeline.yaml", Spec);
        Workspace.WriteFile("pipelines/parcels/rows.sql", Sql);
        await Workspace.LoadAsync(
            "handed_over_parcels",
            "parcel_id integer, day timestamp, late boolean, weight double precision, stops integer, depot "
                + "text, handed_over timestamp",
            Rows()
        );
        await Workspace.ExecuteAsync(
            """
            CREATE TABLE parcels AS
            SELECT parcel_id, day AT TIME ZONE 'America/New_York' AS day_start, late, weight, stops, depot,
                handed_over AT TIME ZONE 'America/New_York' AS handed_over
            FROM handed_over_parcels
            """
        );
    }

    /// <summary>
    /// Trains as <see cref="WorkspacePipeline.RunAsync"/> does, at each of these as-ofs in turn, into an empty store.
    /// A training takes
    /// as long as ten other steps, and its steps leave nothing in the warehouse, so only the first test that asks for
    /// it trains, and the others get a copy of its
    /// store.
    /// </summary>
    public async Task TrainedAsync(params string[] asOfs)
    {
        var what = string.Join(
            '\n',
            [
                Workspace.GetType().Name,
                .. asOfs,
                .. new[] { "pipeline.yaml", "rows.sql" }.Select(file => File.ReadAllText(Path.Combine(Folder, file))),
            ]
        );
        foreach (var (name, content) in await Trainings.GetOrAdd(what, _ => new(() => TrainForAllAsync(asOfs))).Value)
        {
            await Workspace.WriteAsync(name, content);
        }
    }

    /// <summary>Lets score runs go on with however few rows there are.</summary>
    public void AcceptFewRows() => Edit("pipeline.yaml", "metric: auc", "metric: auc\ninputs: {rows: 0%}");

    /// <summary>Makes a train run by its steps, as far as named.</summary>
    public async Task TrainAsync(string runId, string asOf, params string[] steps)
    {
        (await ExtractAsync(runId, "train", asOf)).With(0);
        foreach (var step in steps)
        {
            (await StepAsync(step, runId)).With(0);
        }
    }

    /// <summary>The one object of a step's whose name begins so.</summary>
    public Task<string> FindAsync(string runId, string step, string stem) =>
        Workspace.FindAsync($"parcels/runs/{runId}/{step}/{stem}");

    /// <summary>What is in it.</summary>
    public async Task<byte[]> ReadAsync(string runId, string step, string stem) =>
        await Workspace.ReadAsync(await FindAsync(runId, step, stem));

    private async Task<IReadOnlyList<(string Name, byte[] Content)>> TrainForAllAsync(string[] asOfs)
    {
        foreach (var asOf in asOfs)
        {
            // In New York's summer, as a person reads it: train.20240517T040000Z.1.
            var run = $"train.{asOf.Replace("-", "", StringComparison.Ordinal)}T040000Z.1";
            await TrainAsync(run, asOf, "features", "train", "report");
            Assert.Equal(
                $"{asOf}T04:00:00+00:00",
                (string?)(await Workspace.ReadJsonAsync($"parcels/runs/{run}/run.json"))["as_of"]
            );
        }

        return await Workspace.ContentsAsync();
    }

    /// <summary>Seeded, so that every machine and every warehouse has the same parcels.</summary>
    private static IEnumerable<string> Rows()
    {
        var random = new Random(1);
        for (var id = 0; id < 60 * 160; id++)
        {
            var day = new DateTime(2024, 1, 1).AddDays(id / 60);
            var (a, b, c) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
            var late = c < 0.08 + 0.5 * a * a + (id % 3 == 0 ? 0.25 : 0);
            var weight = id % 41 == 0 ? "" : Math.Round(a * 30, 2).ToString(CultureInfo.InvariantCulture);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{id},{day:yyyy-MM-dd HH:mm:ss},{late},{weight},{1 + (int)(b * 20)},{Depots[id % 3]},"
                    + $"{day.AddMinutes((int)(b * 1440)):yyyy-MM-dd HH:mm:ss}"
            );
        }
    }
}
