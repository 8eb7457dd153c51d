namespace Trainyard.Tests.EndToEnd;

/// <summary>A regression with everything that a spec can say of its values: an interval, constraints, and a naive
/// forecast to be better than.</summary>
public abstract class IntervalTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    public async Task Values_come_with_their_interval_and_are_held_to_what_is_known()
    {
        await LoadAsync();
        WriteSpec("interval: 80%, constraints: {increasing: [area]}", "rmse", "predictions: {reasons: {}}");

        (await RunAsync("2024-05-20")).With(0);

        Assert.Equal(
            ["200|t|t"],
            await Workspace.QueryAsync(
                "SELECT count(*), min(CASE WHEN low <= value AND value <= high THEN 1 ELSE 0 END) = 1, "
                    + "avg(high - low) > 0 FROM trainyard.houses_predictions_current"
            )
        );

        // With the average the reasons of a row add up to its value, whose ends they are not of.
        Assert.Equal(
            ["200|t|t"],
            await Workspace.QueryAsync(
                """
                SELECT count(*), max(value - moved) - min(value - moved) < 0.001, bool_and(features = 2) FROM (
                    SELECT house, predictions.value, sum(contribution) AS moved, count(*) AS features
                    FROM trainyard.houses_predictions_current AS predictions
                    JOIN trainyard.houses_predictions_reasons_current AS reasons USING (house)
                    GROUP BY house, predictions.value
                ) AS explained
                """
            )
        );
        var card = await Workspace.ReadJsonAsync("houses/models/train.20240520T000000Z.1/card.json");
        var evaluation = card["evaluation"]!;
        Assert.InRange(evaluation["coverage"]!["held"]!["value"]!.GetValue<double>(), 0.7, 0.9);
        Assert.Equal(0, evaluation["constraints"]![0]!["broken"]!.GetValue<long>());
        Assert.Equal("asked", evaluation["baseline_column"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_table_gets_the_ends_when_a_spec_first_asks_for_them()
    {
        await LoadAsync();
        WriteSpec("objective: mean", "rmse");
        (await RunAsync("2024-05-20")).With(0);
        WriteSpec("interval: 80%", "rmse");

        (await RunAsync("2024-05-21")).With(0);

        Assert.Equal(
            ["200|0", "200|200"],
            await Workspace.QueryAsync(
                "SELECT count(value), count(low) FROM trainyard.houses_predictions GROUP BY cutoff ORDER BY cutoff"
            )
        );
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task What_is_learned_as_a_logarithm_is_told_as_one()
    {
        await LoadAsync();
        WriteSpec("objective: poisson", "rmse", "predictions: {reasons: {}}");

        (await RunAsync("2024-05-20")).With(0);

        Assert.Equal(
            ["200|t"],
            await Workspace.QueryAsync(
                """
                SELECT count(*), max(ln(value) - moved) - min(ln(value) - moved) < 0.00001 FROM (
                    SELECT house, predictions.value, sum(contribution) AS moved
                    FROM trainyard.houses_predictions_current AS predictions
                    JOIN trainyard.houses_predictions_reasons_current AS reasons USING (house)
                    GROUP BY house, predictions.value
                ) AS explained
                """
            )
        );
        var house = (await Workspace.QueryAsync("SELECT min(house) FROM trainyard.houses_predictions"))[0];
        Assert.Contains(
            "contributions are in the logarithm of the unit of the label, of the score before calibration:",
            (
                await Workspace.RunAsync(
                    "trainyard",
                    ["show", "houses", "score.20240520T000000Z.1", "--key", house, "--store", Workspace.Store]
                )
            )
                .With(0)
                .Output,
            StringComparison.Ordinal
        );
    }

    private Task LoadAsync()
    {
        var random = new Random(1);
        return Workspace.LoadAsync(
            "houses",
            "house text, area integer, town text, asked double precision, price double precision",
            Enumerable
                .Range(0, 2000)
                .Select(house =>
                {
                    var (area, isInUlm) = (40 + random.Next(100), random.Next(2) == 0);
                    var price = (area * (isInUlm ? 2.0 : 3.0)) + (40 * random.NextDouble());
                    var asked = FormattableString.Invariant($"{price + (120 * random.NextDouble()) - 20:F2}");
                    var paid = house % 10 > 0 ? FormattableString.Invariant($"{price:F2}") : "";
                    return $"h{house},{area},{(isInUlm ? "Ulm" : "Bonn")},{asked},{paid}";
                })
        );
    }

    private void WriteSpec(string model, string metric, string more = "")
    {
        Workspace.WriteFile(
            "pipelines/houses/pipeline.yaml",
            $$"""
            version: 1
            name: houses
            rows: {sql: {train: sold.sql, score: offered.sql}, key: [house]}
            label: {column: price}
            features: {numbers: [area], categories: [town]}
            model: {task: regression, {{model}}, options: {max_trees: 100} }
            metric: {{metric}}
            gate: {baseline: asked}
            {{more}}

            """
        );
        Workspace.WriteFile(
            "pipelines/houses/sold.sql",
            "SELECT house, area, town, asked, price FROM houses WHERE price IS NOT NULL"
        );
        Workspace.WriteFile("pipelines/houses/offered.sql", "SELECT house, area, town FROM houses WHERE price IS NULL");
    }

    private Task<Ended> RunAsync(string asOf) =>
        Workspace.RunAsync(
            "trainyard",
            [
                "run",
                Path.Combine(Workspace.Folder, "pipelines", "houses"),
                "--kind",
                "both",
                "--as-of",
                asOf,
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
            ]
        );
}

public sealed class IntervalsOnFolderAndDuckDb : IntervalTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class IntervalsOnPostgresAndS3 : IntervalTests<PostgresAndS3>;
