using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Pipelines that are not flights: the README's, hour by hour with a number as its label, and one without time.</summary>
public sealed class OtherPipelinesTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_READMEs_pipeline_runs_as_it_stands_there()
    {
        WriteReadmePipeline();
        _workspace.Execute("""
            CREATE TABLE rentals AS
            SELECT TIMESTAMPTZ '2011-01-01 00:00:00+00' + to_hours(CAST(h AS bigint)) AS hour_start,
                CAST(round(100 + 80 * sin(2 * pi() * (h % 24 - 9) / 24) + 40 * t + hash(h) % 30) AS integer) AS rented,
                t AS temperature, t AS feels_like, 0 AS holiday, hash(h + 1) % 100 / 100.0 AS humidity, hash(h + 2) % 50 / 100.0 AS windspeed,
                CAST((h // 24) % 7 < 5 AS integer) AS workingday, 1 + (h // 2190) % 4 AS season, 1 + hash(h + 3) % 3 AS weather
            FROM (SELECT h, 0.5 + 0.4 * sin(2 * pi() * h / 8760) AS t FROM range(17544) AS hours(h))
            """);

        var (metrics, rows) = await TrainBikesAsync();

        Assert.Equal(3470, rows);
        Assert.True(metrics["rmse"]!.GetValue<double>() < 20, metrics.ToJsonString());
        Assert.True(metrics["r2"]!.GetValue<double>() > 0.9, metrics.ToJsonString());
    }

    [Fact]
    public async Task Real_bike_rentals_by_the_hour_are_predicted_within_67()
    {
        var file = Environment.GetEnvironmentVariable("TRAINYARD_TEST_BIKE");
        Assert.SkipWhen(file is null, "needs TRAINYARD_TEST_BIKE=…/hour.csv, the UCI Bike Sharing data");
        WriteReadmePipeline();
        _workspace.Execute($"""
            CREATE TABLE rentals AS
            SELECT (dteday + to_hours(hr)) AT TIME ZONE 'UTC' AS hour_start, cnt AS rented, temp AS temperature, atemp AS feels_like, holiday, hum AS humidity, windspeed, workingday, season, weathersit AS weather
            FROM read_csv('{file}')
            """);

        var (metrics, _) = await TrainBikesAsync();

        Assert.True(metrics["rmse"]!.GetValue<double>() <= 67, metrics.ToJsonString());
    }

    [Fact]
    public async Task A_table_without_time_is_split_by_its_key_and_scored_from_a_second_query()
    {
        _workspace.Write("pipelines/houses/pipeline.yaml", """
            version: 1
            name: houses
            rows: {sql: {train: sold.sql, score: offered.sql}, key: [house]}
            label: {column: price}
            features: {numbers: [area], categories: [town]}
            model: {task: regression}
            metric: mae

            """);
        _workspace.Write("pipelines/houses/sold.sql", "SELECT house, area, town, price FROM houses WHERE price IS NOT NULL");
        _workspace.Write("pipelines/houses/offered.sql", "SELECT house, area, town FROM houses WHERE price IS NULL");
        _workspace.Execute("""
            CREATE TABLE houses AS
            SELECT 'h' || i AS house, area, town, CASE WHEN i % 10 > 0 THEN 1000 * area * CASE town WHEN 'Ulm' THEN 2 ELSE 3 END END AS price
            FROM (SELECT i, 40 + hash(i) % 100 AS area, ['Ulm', 'Bonn'][CAST(1 + hash(i * 3) % 2 AS bigint)] AS town FROM range(5000) AS r(i))
            """);

        var ended = (await RunAsync("houses", "both", "2024-05-20")).With(0);

        Assert.Contains("MAE", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["500|500|2024-05-20 00:00"], _workspace.Query("SELECT count(*), count(DISTINCT house), strftime(any_value(cutoff), '%Y-%m-%d %H:%M') FROM trainyard.houses_predictions"));
        Assert.Equal(["true"], _workspace.Query("SELECT lower(CAST(avg(abs(value - 1000 * area * CASE town WHEN 'Ulm' THEN 2 ELSE 3 END)) < 10000 AS varchar)) FROM trainyard.houses_predictions JOIN houses USING (house)"));
    }

    private Task<Ended> RunAsync(string pipeline, string kind, string asOf, params string[] more) => Programs.RunAsync(
        "trainyard",
        ["run", Path.Combine(_workspace.Folder, "pipelines", pipeline), "--kind", kind, "--as-of", asOf, "--store", _workspace.Store, "--warehouse", _workspace.Warehouse, .. more]);

    private async Task<(JsonNode Metrics, long Holdout)> TrainBikesAsync()
    {
        (await RunAsync("bikes", "train", "2013-01-01T00:00:00Z")).With(0);
        var card = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_workspace.Store, "bikes/models/train.20130101T000000Z.1/card.json"), TestContext.Current.CancellationToken))!;
        return (card["evaluation"]!["model"]!["metrics"]!, card["split"]!["holdout_rows"]!.GetValue<long>());
    }

    /// <summary>The two files as the README shows them, so that what it shows is true.</summary>
    private void WriteReadmePipeline()
    {
        var readme = File.ReadAllText(Path.Combine(Programs.Root, "README.md"));
        foreach (var file in new[] { "pipelines/bikes/pipeline.yaml", "pipelines/bikes/rows.sql" })
        {
            var block = Regex.Match(readme, $@"`{Regex.Escape(file)}`\s+```\w+\n(.*?)```", RegexOptions.Singleline);
            Assert.True(block.Success, $"README.md shows no {file}.");
            _workspace.Write(file, block.Groups[1].Value);
        }

        Assert.True(File.ReadLines(Path.Combine(_workspace.Folder, "pipelines/bikes/pipeline.yaml")).Count() <= 12, string.Create(CultureInfo.InvariantCulture, $"The README's spec is longer than twelve lines."));
    }
}
