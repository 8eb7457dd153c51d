namespace Trainyard.Tests.EndToEnd;

/// <summary>
/// The examples of <c>dotnet new trainyard-pipeline --example</c>, on the tables that <c>sample</c> makes up for them.
/// That the template writes these files, <see cref="TemplateFilesTests"/> shows.
/// </summary>
public abstract class ExamplesTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    public static string Templates { get; } =
        Path.Combine(Programs.Root, "templates", "trainyard-pipeline", "examples");

    /// <summary>The name, how much is made up, the as-of, and what then holds of the predictions: they are near what
    /// was made up to come, and what is no prediction is not.</summary>
    public static TheoryData<string, string, string, string> Examples { get; } =
        new()
        {
            {
                "churn",
                "--subscribers=700",
                "2025-12-01",
                "SELECT avg(probability) FILTER (WHERE cancelled_at < cutoff + INTERVAL '28 days') > 1.5 * "
                    + "avg(probability) FILTER (WHERE cancelled_at IS NULL) FROM {0} JOIN subscribers USING "
                    + "(subscriber_id)"
            },
            {
                "price",
                "--flats=3000",
                "2025-09-01",
                "SELECT avg(abs(value / price - 1)) < 0.15 FROM {0} JOIN flats USING (flat_id)"
            },
            {
                "demand",
                "--shops=2",
                "2025-12-15",
                "SELECT count(*) = 112 AND sum(abs(value - units)) < 0.35 * sum(units) FROM {0} AS p JOIN sales AS s "
                    + "ON s.shop = p.shop AND s.product = p.product AND s.day = DATE '2025-12-14' + "
                    + "CAST(p.horizon AS integer)"
            },
            {
                "tickets",
                "--tickets=3000",
                "2025-12-15",
                "SELECT avg(CASE WHEN predicted = queue THEN 1.0 ELSE 0 END) > 0.7 FROM {0} JOIN tickets USING "
                    + "(ticket_id)"
            },
            // Four kinds of customers were made up.
            { "segments", "--customers=400", "2025-12-01", "SELECT count(DISTINCT cluster) BETWEEN 3 AND 6 FROM {0}" },
            // Of 300 payments a day one or two are odd: those are among the twentieth with the highest scores.
            {
                "payments",
                "--accounts=300",
                "2025-07-01",
                "SELECT coalesce(bool_and(place <= 15), true) FROM payments JOIN (SELECT payment_id, rank() OVER "
                    + "(ORDER BY score DESC) AS place FROM {0}) AS ranked USING (payment_id) WHERE fraud"
            },
        };

    public static TheoryData<string> Names { get; } = [.. Examples.Select(row => row.Data.Item1)];

    [Theory]
    [MemberData(nameof(Examples))]
    [Trait("Suite", Suites.Slow)]
    public async Task An_example_predicts_well_as_it_stands(string name, string size, string asOf, string holds)
    {
        var folder = await MakeAsync(name, size);

        var ended = (
            await Workspace.RunAsync(
                "trainyard",
                ["run", folder, "--as-of", asOf, "--store", Workspace.Store, "--warehouse", Workspace.Warehouse]
            )
        ).With(0);

        Assert.Contains("and promoted it.", ended.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(holds.Replace("{0}", $"trainyard.{name}_predictions", StringComparison.Ordinal))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_example_fits_its_tables(string name)
    {
        var folder = await MakeAsync(name, Examples.Single(row => row.Data.Item1 == name).Data.Item2);

        var ended = await Workspace.RunAsync("trainyard", ["validate", folder, "--warehouse", Workspace.Warehouse]);

        Assert.Equal($"{name}: no mistakes in the spec, its SQL and its columns.\n", ended.With(0).Output);
    }

    /// <summary>Makes up the tables, and writes the pipeline.</summary>
    /// <returns>Its folder.</returns>
    private async Task<string> MakeAsync(string name, string size)
    {
        (await Workspace.RunAsync("sample", [name, size, "--warehouse", Workspace.WarehouseAsOwner])).With(0);
        foreach (var file in new[] { "pipeline.yaml", "rows.sql" })
        {
            var text = await File.ReadAllTextAsync(
                Path.Combine(Templates, name, file),
                TestContext.Current.CancellationToken
            );
            Workspace.WriteFile(
                $"pipelines/{name}/{file}",
                text.Replace("my_pipeline", name, StringComparison.Ordinal)
            );
        }

        return Path.Combine(Workspace.Folder, "pipelines", name);
    }
}

public sealed class ExamplesOnFolderAndDuckDb : ExamplesTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class ExamplesOnPostgresAndS3 : ExamplesTests<PostgresAndS3>;
