using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary><c>trainyard check</c>: are predictions missing that the schedule has promised?</summary>
internal static class CheckCommand
{
    private const int MostNamed = 20;

    private static readonly Setting<string> Since = Setting.Text(
        "--since",
        "Expect what the schedule promises from this instant or date on. Without it since the first "
            + "promotion, and no further back than the retention of runs.",
        "2013-12-30"
    );

    private static readonly Setting<string> AsOf = Setting.Text(
        "--as-of",
        "Look as if it were this instant. Without it: now.",
        "2013-12-31T02:00:00-05:00"
    );

    private static readonly Setting<string> Dag = Setting.Text(
        "--dag",
        "The DAG that makes the predictions: the command that is named is one for Airflow, not for this program.",
        "flights_score"
    );

    public static Command Create() =>
        new()
        {
            Name = "check",
            Summary =
                "Looks whether predictions are missing that the schedule has promised: ends with 65, naming "
                + "them and the command that makes them; or with 78 where a plan for Airflow cannot be used.",
            Arguments = [CliSettings.Folder],
            Settings =
            [
                CliSettings.Store,
                CliSettings.Warehouse,
                Since,
                AsOf,
                Dag,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
            Examples =
            [
                "trainyard check pipelines/flights",
                "trainyard check pipelines/flights --since 2013-12-24 --as-of 2013-12-31T02:00:00-05:00",
            ],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var folder = invocation.Argument(CliSettings.PipelineArgument)!;
        var spec = PipelineFolder.Load(folder).Spec;
        if (spec.Schedule?.Score is null)
        {
            throw Fault.BadConfiguration(
                $"Pipeline '{spec.Name}' has no schedule.score, so no predictions are expected: write one in "
                    + $"{Path.Combine(folder, PipelineFolder.SpecFile)}."
            );
        }

        var store = invocation.OpenStore();
        var log = await new PromotionLog(store, spec.Name).ReadAsync(cancel);
        var now = InstantOf(invocation, AsOf, spec.Clock) ?? invocation.Time.GetUtcNow();
        var since =
            InstantOf(invocation, Since, spec.Clock)
            ?? Later(ExpectedScores.SinceOf(log, now), spec.Clock.Subtract(now, spec.Retention.Runs));
        var expected = since is { } from ? ExpectedScores.Of(spec, log, from, now) : [];
        await using var warehouse = Warehouse.Open(invocation.Settings.Require(CliSettings.Warehouse));
        var plans = StandingPlans.Problems(folder);
        var missing = await MissingAsync(
            [.. expected.Select(score => score.AsOf)],
            warehouse,
            store,
            spec.Name,
            cancel
        );
        if (invocation.WantsJson())
        {
            await invocation.Output.WriteLineAsync(
                ToJson(spec, since, now, expected.Count, missing, plans).ToJsonString(Json.Compact)
            );
        }

        if (missing.Count > 0 || plans.Count > 0)
        {
            IReadOnlyList<string> gaps =
                missing.Count == 0
                    ? []
                    : [Sentence(spec, expected, missing, invocation.Get(Dag), folder, store.Uri, warehouse.Uri)];
            throw Fault.Several(gaps.Count > 0 ? ExitCode.BadData : ExitCode.BadConfiguration, [.. plans, .. gaps]);
        }

        if (!invocation.WantsJson())
        {
            await invocation.Output.WriteLineAsync(
                since is null ? $"{spec.Name}: nothing was ever promoted, so no predictions are expected yet."
                : expected.Count == 0
                    ? $"{spec.Name}: no predictions are due between {Text(since.Value)} and {Text(now)}."
                : $"{spec.Name}: the predictions of all {expected.Count} as-ofs from "
                    + $"{Name(spec.Clock, expected[0].AsOf)} to {Name(spec.Clock, expected[^1].AsOf)} are there."
            );
        }

        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> MissingAsync(
        IReadOnlyList<DateTimeOffset> expected,
        IWarehouse warehouse,
        Stores.IStore store,
        string pipeline,
        CancellationToken cancel
    )
    {
        if (expected.Count == 0)
        {
            return [];
        }

        var published = await warehouse.PublishedAsOfsAsync(pipeline, expected.Min(), cancel);
        IReadOnlyList<DateTimeOffset> missing = [.. expected.Where(asOf => !published.Contains(asOf))];
        if (missing.Count == 0)
        {
            return [];
        }

        // Only now is it worth the reading of every run.
        var empty = await EmptyScores.ReadAsync(store, pipeline, cancel);
        return [.. missing.Where(asOf => !empty.Contains(asOf))];
    }

    private static string Sentence(
        Spec spec,
        IReadOnlyList<ExpectedScore> expected,
        IReadOnlyList<DateTimeOffset> missing,
        string? dag,
        string folder,
        string store,
        string warehouse
    )
    {
        var names = missing.Take(MostNamed).Select(asOf => Name(spec.Clock, asOf)).ToList();
        var rest = missing.Count > MostNamed ? $" and {missing.Count - MostNamed} later ones" : "";
        var command = dag is null
            ? Remedy.ByHand(missing.Select(asOf => Name(spec.Clock, asOf)), folder, store, warehouse)
            : Remedy.ByAirflow(dag, expected, missing);
        return $"Predictions of pipeline '{spec.Name}' are missing for {missing.Count} of {expected.Count} as-ofs: "
            + $"{string.Join(", ", names)}{rest}. This makes them: {command}";
    }

    private static JsonObject ToJson(
        Spec spec,
        DateTimeOffset? since,
        DateTimeOffset now,
        int expected,
        IReadOnlyList<DateTimeOffset> missing,
        IReadOnlyList<string> plans
    ) =>
        new()
        {
            ["pipeline"] = spec.Name,
            ["since"] = since is { } from ? Text(from) : null,
            ["as_of"] = Text(now),
            ["expected"] = expected,
            ["missing"] = new JsonArray([.. missing.Select(asOf => JsonValue.Create(Text(asOf)))]),
            ["plans"] = new JsonArray([.. plans.Select(problem => JsonValue.Create(problem))]),
        };

    private static DateTimeOffset? InstantOf(Invocation invocation, Setting<string> setting, Clock clock) =>
        invocation.Get(setting) is { } text
            ? Pipelines.AsOf.ParseInstant(text, clock, invocation.Time.GetUtcNow())
            : null;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset other) =>
        one > other ? one
        : one is null ? null
        : other;

    /// <summary>An as-of as a person gives it: as a date where it is one.</summary>
    private static string Name(Clock clock, DateTimeOffset asOf) =>
        clock.Every == Every.Hour ? Text(asOf) : clock.Local(asOf).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
