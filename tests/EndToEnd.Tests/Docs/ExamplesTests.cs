using System.Text.RegularExpressions;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The pipelines of the page on examples, as they stand there, on the rows that are made up for
/// them.</summary>
[Trait("Suite", Suites.Slow)]
public abstract class ExamplesTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    /// <summary>Four kinds of customers were made up; of 300 payments a day one or two are odd, and those are among the
    /// twentieth with the highest scores.</summary>
    [Theory]
    [InlineData("segments", "orders", "2025-12-01", "SELECT count(DISTINCT cluster) BETWEEN 3 AND 6 FROM {0}")]
    [InlineData(
        "payments",
        "payments",
        "2025-07-01",
        "SELECT coalesce(bool_and(place <= 15), true) FROM payments JOIN (SELECT payment_id, rank() OVER (ORDER BY "
            + "score DESC) AS place FROM {0}) AS ranked USING (payment_id) WHERE fraud"
    )]
    public async Task An_example_runs_as_it_stands_there(string name, string sample, string asOf, string holds)
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(Programs.Root, "docs", "examples.md"),
            TestContext.Current.CancellationToken
        );
        foreach (var file in new[] { $"pipelines/{name}/pipeline.yaml", $"pipelines/{name}/rows.sql" })
        {
            var block = Regex.Match(page, $@"`{Regex.Escape(file)}`\s+```\w+\n(.*?)```", RegexOptions.Singleline);
            Assert.True(block.Success, $"docs/examples.md shows no {file}.");
            Workspace.WriteFile(file, block.Groups[1].Value);
        }

        (await Workspace.RunAsync("sample", [sample, "--warehouse", Workspace.WarehouseAsOwner])).With(0);
        var folder = Path.Combine(Workspace.Folder, "pipelines", name);
        var validated = await Workspace.RunAsync("trainyard", ["validate", folder, "--warehouse", Workspace.Warehouse]);
        var ended = (
            await Workspace.RunAsync(
                "trainyard",
                ["run", folder, "--as-of", asOf, "--store", Workspace.Store, "--warehouse", Workspace.Warehouse]
            )
        ).With(0);

        Assert.Equal($"{name}: no mistakes in the spec, its SQL and its columns.\n", validated.With(0).Output);
        Assert.Contains("and promoted it.", ended.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(holds.Replace("{0}", $"trainyard.{name}_predictions", StringComparison.Ordinal))
        );
    }
}

public sealed class ExamplesOnFolderAndDuckDb : ExamplesTests<FolderAndDuckDb>;

public sealed class ExamplesOnPostgresAndS3 : ExamplesTests<PostgresAndS3>;
