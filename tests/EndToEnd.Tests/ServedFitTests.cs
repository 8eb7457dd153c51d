using System.Globalization;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The fit that answers has learned the newest rows too, and nothing that it is asked about.</summary>
public abstract class ServedFitTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Model = "train.20240408T000000Z.1";

    /// <summary>A label that is not to be believed, on the day between validation and holdout, which the measured fit
    /// does not learn.</summary>
    private const string Broken = "CASE WHEN ts = TIMESTAMPTZ '2024-03-08 00:00:00+00' THEN 1000000 ELSE y END";

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task It_learns_up_to_the_as_of_before_and_what_it_has_learned_is_hindsight()
    {
        (await Meters.RunAsync("both")).With(0);

        var card = await Workspace.ReadJsonAsync($"meters/models/{Model}/card.json");
        Assert.Equal("2024-04-07T00:00:00+00:00", (string?)card["learned_through"]);
        Assert.Equal("2024-03-07T00:00:00+00:00", (string?)card["served"]!["measured_through"]);
        Assert.Equal(20 * 90, (int?)card["served"]!["rows"]);
        Assert.Equal(["20|0"], await HindsightAsync("2024-04-08"));

        // What the spec leaves out follows the rows that were there: the card has it, the run's definition does not.
        var options = card["options"]!;
        Assert.Equal(
            (20, 0.15, 5),
            ((int)options["max_trees"]!, (double)options["learning_rate"]!, (int)options["min_rows_per_leaf"]!)
        );
        Assert.Equal("100%", (string?)options["feature_share"]);
        Assert.Null(card["definition"]!["model"]!["options"]!["learning_rate"]);

        (await Meters.RunAsync("score", "2024-04-07", "--model", Model)).With(0);
        Assert.Equal(["20|20"], await HindsightAsync("2024-04-07"));

        (await Workspace.RunAsync("trainyard", ["verify", "meters", "--store", Workspace.Store])).With(0);
        Assert.Single(
            await Workspace.ListAsync(),
            name => name.StartsWith($"meters/models/{Model}/served_model-", StringComparison.Ordinal)
        );
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task Labels_that_are_known_before_they_are_asked_for_are_not_learned()
    {
        // Twelve hours before the as-of, and known after one: mature, but what the score run asks about.
        await Workspace.ExecuteAsync("UPDATE readings SET ts = ts + INTERVAL '12 hours'");
        Meters.Write(spec: spec => spec.Replace("known_after: 1 day", "known_after: 1 hour", StringComparison.Ordinal));

        (await Meters.RunAsync("both")).With(0);

        var card = await Workspace.ReadJsonAsync($"meters/models/{Model}/card.json");
        Assert.Equal("2024-04-06T12:00:00+00:00", (string?)card["learned_through"]);
        Assert.Equal(["20|0"], await HindsightAsync("2024-04-07", "12:00:00"));
    }

    [Fact]
    public async Task The_measured_one_answers_where_the_spec_says_so()
    {
        Meters.Write(spec: Measured);
        (await Meters.RunAsync("both")).With(0);

        var card = await Workspace.ReadJsonAsync($"meters/models/{Model}/card.json");
        Assert.Equal("2024-03-07T00:00:00+00:00", (string?)card["learned_through"]);
        Assert.Null(card["served"]);
        Assert.DoesNotContain(await Workspace.ListAsync(), name => name.Contains("served_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_unlike_the_measured_one_is_not_promoted_by_anybody()
    {
        Meters.Write(y: Broken);

        var ended = (await Meters.RunAsync("train")).With(65);

        Assert.Matches(
            $@"Model {Model} is not promoted: on the holdout the fit that would answer differs from the one that was "
                + @"measured: its RMSE is [0-9.,]+, where [0-9.,]+ or less is allowed \(measured: [0-9.,]+\); its mean "
                + @"answer is .* Look into the newest rows, or train with 'model\.serve: measured', under which the "
                + @"measured fit answers\. No decision was written\.",
            ended.LastWords
        );
        Assert.DoesNotContain(
            await Workspace.ListAsync(),
            name => name.Contains("promotions", StringComparison.Ordinal)
        );
        var forced = await Workspace.RunAsync(
            "trainyard",
            ["promote", "meters", Model, "--store", Workspace.Store, "--who", "ada", "--why", "all is well"]
        );
        Assert.StartsWith(
            $"'{Model}' cannot be promoted: on the holdout the fit that would answer differs",
            forced.With(65).LastWords,
            StringComparison.Ordinal
        );

        Meters.Write(y: Broken, spec: Measured);
        (await Meters.RunAsync("train")).With(0);
    }

    [Fact]
    public async Task Without_time_the_rows_whose_keys_it_has_learned_are_hindsight()
    {
        Workspace.WriteFile(
            "pipelines/houses/pipeline.yaml",
            $$"""
            version: 1
            name: houses
            rows: {sql: {train: sold.sql, score: all.sql}, key: [town, house]}
            label: {column: price}
            features: {numbers: [area]}
            model: {task: regression, {{Meters.Options}}}
            metric: mae

            """
        );
        Workspace.WriteFile(
            "pipelines/houses/sold.sql",
            "SELECT town, house, area, price FROM houses WHERE price IS NOT NULL"
        );
        Workspace.WriteFile("pipelines/houses/all.sql", "SELECT town, house, area FROM houses");
        var random = new Random(1);
        await Workspace.LoadAsync(
            "houses",
            "town text, house integer, area integer, price integer",
            Enumerable
                .Range(0, 800)
                .Select(house =>
                {
                    var area = 40 + random.Next(100);
                    int? price = house % 8 > 0 ? 1000 * area : null;
                    return string.Create(CultureInfo.InvariantCulture, $"\"Ulm, \"\"old\"\"\",{house},{area},{price}");
                })
        );

        (
            await Workspace.RunAsync(
                "trainyard",
                [
                    "run",
                    Path.Combine(Workspace.Folder, "pipelines", "houses"),
                    "--as-of",
                    "2024-05-20",
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.Warehouse,
                ]
            )
        ).With(0);

        Assert.Equal(
            ["800|700|700"],
            await Workspace.QueryAsync(
                "SELECT count(*), count(*) FILTER (WHERE hindsight), count(*) FILTER (WHERE hindsight AND price IS NOT "
                    + "NULL) FROM trainyard.houses_predictions JOIN houses USING (house)"
            )
        );
        Assert.Equal(["100"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.houses_predictions_current"));
    }

    private static string Measured(string spec) =>
        spec.Replace("{task: regression,", "{task: regression, serve: measured,", StringComparison.Ordinal);

    private Task<IReadOnlyList<string>> HindsightAsync(string day, string time = "00:00:00") =>
        Workspace.QueryAsync(
            "SELECT count(*), count(*) FILTER (WHERE hindsight) FROM trainyard.meters_predictions WHERE cutoff = "
                + $"TIMESTAMPTZ '{day} {time}+00'"
        );
}

public sealed class ServedFitOnFolderAndDuckDb : ServedFitTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class ServedFitOnPostgresAndS3 : ServedFitTests<PostgresAndS3>;
