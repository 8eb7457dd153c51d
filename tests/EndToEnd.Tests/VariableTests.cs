namespace Trainyard.Tests.EndToEnd;

/// <summary>Settings as files of variables bring them: with quotes, white space, and Windows' line ends.</summary>
public sealed class VariableTests : ParcelsTests<FolderAndDuckDb>
{
    private string[] Train =>
        ["--pipeline", Parcels.Folder, "--run-id", "t1", "--kind", "train", "--as-of", "2024-05-20"];

    [Fact]
    public async Task White_space_around_a_value_is_no_part_of_it()
    {
        var secret = Workspace.WriteFile("warehouse", $"{Workspace.Warehouse}\r\n");

        (
            await Workspace.RunAsync(
                "extract",
                Train,
                ("TRAINYARD_STORE", $"{Workspace.Store}\r"),
                ("TRAINYARD_WAREHOUSE_FILE", $" {secret}\r"),
                ("TRAINYARD_TIME_LIMIT", "5m \r"),
                ("TRAINYARD_LOG_LEVEL", "warning\r")
            )
        ).With(0);

        Assert.Contains("parcels/runs/t1/extract/manifest.json", await Workspace.ListAsync());
    }

    [Fact]
    public async Task A_value_in_quotes_is_64_and_is_not_repeated()
    {
        var secret = Workspace.WriteFile("warehouse", "'postgresql://u:canary@host/db'\n");

        var ended = (
            await Workspace.RunAsync(
                "extract",
                Train,
                ("TRAINYARD_STORE", $"\"{Workspace.Store}\""),
                ("TRAINYARD_WAREHOUSE_FILE", secret),
                ("TRAINYARD_LIMIT", "'100'")
            )
        ).With(64);

        const string how =
            " stands in quotes: write it without them. A shell takes them away, docker run --env-file and a file that "
            + "is "
            + "named by a variable do not.";
        Assert.Equal([$"TRAINYARD_STORE{how}", $"{secret}{how}", $"TRAINYARD_LIMIT{how}"], ended.Words.Split('\n'));
    }

    [Theory]
    [InlineData("TRAINYARD_PROGRESS_SECONDS", "\"5\"", "stands in quotes: write it without them.")]
    [InlineData("TRAINYARD_PROGRESS_SECONDS", "0", "is '0', but a number of seconds from 0.1 to 86400 is expected.")]
    [InlineData("TRAINYARD_LIFELINE", "'stdin'", "stands in quotes: write it without them.")]
    [InlineData("TRAINYARD_LIFELINE", "stdout", "is 'stdout', but stdin is expected.")]
    [InlineData("TRAINYARD_LOG_LEVEL", "\"debug\"", "stands in quotes: write it without them.")]
    [InlineData("TRAINYARD_IMAGE", "\"step:1\"", "stands in quotes: write it without them.")]
    public async Task A_variable_that_no_option_stands_for_is_looked_at_as_others_are(
        string name,
        string value,
        string said
    )
    {
        var ended = (
            await Workspace.RunAsync(
                "extract",
                [.. Train, "--store", Workspace.Store, "--warehouse", Workspace.Warehouse],
                (name, value)
            )
        ).With(64);

        Assert.StartsWith($"{name} {said}", ended.LastWords, StringComparison.Ordinal);
        Assert.Empty(await Workspace.ListAllAsync());
    }

    [Fact]
    public async Task A_store_that_is_a_link_to_nowhere_is_called_one()
    {
        var (link, loop) = (Path.Combine(Workspace.Folder, "link"), Path.Combine(Workspace.Folder, "loop"));
        File.CreateSymbolicLink(link, Path.Combine(Workspace.Folder, "unmounted"));
        File.CreateSymbolicLink(loop, loop);

        foreach (
            var (store, code, why) in new[]
            {
                (link, 66, $"{link} is a symbolic link to {Workspace.Folder}/unmounted, which is not there"),
                ($"{link}/yard", 66, $"{link} is a symbolic link to {Workspace.Folder}/unmounted, which is not there"),
                (loop, 78, "its symbolic links lead in a circle"),
            }
        )
        {
            var written = await Workspace.RunAsync(
                "extract",
                [.. Train, "--store", store, "--warehouse", Workspace.Warehouse]
            );
            var read = await Workspace.RunAsync("trainyard", ["runs", "parcels", "--store", store]);
            Assert.Contains(why, written.With(code).LastWords, StringComparison.Ordinal);
            Assert.Contains(why, read.With(code).LastWords, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_region_of_a_store_in_S3_is_looked_at_too()
    {
        var ended = (
            await Workspace.RunAsync(
                "trainyard",
                ["runs", "parcels", "--store", "s3://bucket/yard"],
                ("AWS_REGION", "\"eu-central-1\"")
            )
        ).With(64);

        Assert.StartsWith(
            "AWS_REGION stands in quotes: write it without them.",
            ended.LastWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_that_a_variable_names_and_that_is_not_there_is_66()
    {
        var ended = (
            await Workspace.RunAsync(
                "extract",
                [.. Train, "--store", Workspace.Store],
                ("TRAINYARD_WAREHOUSE_FILE", "/nowhere")
            )
        ).With(66);

        Assert.Equal("TRAINYARD_WAREHOUSE_FILE names a file that cannot be read: it is not there.", ended.LastWords);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_taken_is_no_other_run()
    {
        var ended = (
            await Workspace.RunAsync(
                "trainyard",
                ["run", Parcels.Folder, "--store", Workspace.Store, "--warehouse", Workspace.Warehouse],
                ("TMPDIR", "/nowhere")
            )
        ).With(66);

        Assert.Matches(
            "^The lock of pipeline 'parcels', /nowhere/trainyard-parcels-[0-9a-f]{16}\\.lock, cannot be taken "
                + "\\(TMPDIR names its folder, which is /tmp otherwise\\): its folder is not there: make it, or "
                + "name another place\\. Nothing was changed\\.$",
            ended.LastWords
        );
    }
}
