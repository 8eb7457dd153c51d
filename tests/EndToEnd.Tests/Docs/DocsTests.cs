using System.Text.RegularExpressions;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The commands of README and docs, as they stand there. Those of containers are run by
/// Images.Tests.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class DocsTests
{
    [Fact]
    public async Task README_s_own_pipeline_is_validated_tried_and_run()
    {
        using var reader = new Reader();
        var blocks = CodeBlock.Of("README.md");
        foreach (var (file, kind) in new[] { ("pipeline.yaml", "yaml"), ("rows.sql", "sql") })
        {
            var path = Path.Combine(reader.Folder, "pipelines", "bikes", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(
                path,
                Assert.Single(blocks, block => block.Kind == kind).Text,
                TestContext.Current.CancellationToken
            );
        }

        var ended = (
            await reader.PasteAsync([
                Assert.Single(blocks, block => block.Kind == "sh" && block.Text.Contains("pipelines/bikes")),
            ])
        ).With(0);

        Assert.Matches(
            @"(?s)bikes: no mistakes.*A trial never promotes\..*Scored 1 rows? with model train\.\S+.*"
                + @"Trained train\.\S+, and promoted it\..*Scored 1 rows? with model train\.",
            ended.Output
        );
    }

    [Fact]
    public async Task The_page_on_operations_can_be_pasted_from_its_top_to_its_end()
    {
        using var reader = new Reader();
        (await reader.FillAsync(new DateTime(2013, 12, 31))).With(0);

        var ended = (
            await reader.PasteAsync(CodeBlock.Of("docs/operations.md").Where(block => block.Kind == "sh"))
        ).With(0);

        Assert.Matches(
            @"(?s)Trained train\.1, and promoted it\..*Scored [0-9]+ rows with model train\.1.*(?m)^score\.1 ",
            ended.Output
        );
        Assert.True(File.Exists(Path.Combine(reader.Folder, "r.html")));
    }

    /// <summary>The lines are written for /srv/yard, which here is a folder of the test's, and for a program on the
    /// path.</summary>
    [Fact]
    public async Task The_lines_for_cron_train_score_measure_and_find_nothing_missing()
    {
        using var reader = new Reader();
        (await reader.FillAsync(Reader.LastDay)).With(0);
        var table = Assert
            .Single(CodeBlock.Of("docs/operations.md"), block => block.Kind == "cron")
            .Text.Replace("/srv/yard/pipelines", Path.Combine(reader.Folder, "pipelines"), StringComparison.Ordinal)
            .Replace("/srv/yard", Path.Combine(reader.Folder, "artifacts", "run"), StringComparison.Ordinal);
        var settings = Regex.Matches(table, @"^(\w+=.*)$", RegexOptions.Multiline).Select(line => line.Value);
        var commands = Regex
            .Matches(table, @"^[0-9*](?:\S*\s+){5}(.*)$", RegexOptions.Multiline)
            .Select(line => line.Groups[1].Value)
            .ToList();
        Assert.Equal(4, commands.Count);

        foreach (var command in commands)
        {
            (
                await reader.RunAsync(
                    [
                        "-c",
                        $"env -i {string.Join(' ', settings)} PATH=\"$PWD:$PATH\" sh -c \"$0\"",
                        command.Replace(
                            "trainyard ",
                            $"'{Programs.Dotnet}' '{Programs.AssemblyOf("trainyard")}' ",
                            StringComparison.Ordinal
                        ),
                    ],
                    ""
                )
            ).With(0);
        }
    }

    /// <summary>A block that nobody runs is a promise that nobody keeps: whoever adds a page adds it here, or to
    /// Images.Tests.</summary>
    [Fact]
    public void Every_block_of_commands_is_run_by_a_test()
    {
        var blocks = Directory
            .EnumerateFiles(Path.Combine(Programs.Root, "docs"), "*.md")
            .Append(Path.Combine(Programs.Root, "README.md"))
            .Select(file => Path.GetRelativePath(Programs.Root, file))
            .SelectMany(CodeBlock.Of)
            .Where(block => block.Kind is "sh" or "bash" or "console" or "cron")
            .Where(block => !block.Text.Contains("docker", StringComparison.Ordinal))
            .GroupBy(block => block.File)
            .ToDictionary(file => file.Key, file => file.Count());

        Assert.Equal(new() { ["README.md"] = 1, ["docs/operations.md"] = 8 }, blocks);
    }
}
