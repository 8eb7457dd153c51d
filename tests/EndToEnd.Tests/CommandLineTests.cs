namespace Trainyard.Tests.EndToEnd;

/// <summary>Every program's command line: help, settings from the environment, mistakes.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Steps { get; } = ["extract", "features", "train", "score", "measure", "report"];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Help_names_each_option_with_variable_default_and_example(string step)
    {
        var help = (await Programs.RunAsync(step, ["--help"])).With(0).Output.ReplaceLineEndings(" ");

        foreach (
            var (option, variable) in new[]
            {
                ("--pipeline", "TRAINYARD_PIPELINE"),
                ("--run-id", "TRAINYARD_RUN_ID"),
                ("--store", "TRAINYARD_STORE"),
                ("--time-limit", "TRAINYARD_TIME_LIMIT"),
                ("--output", "TRAINYARD_OUTPUT"),
            }
        )
        {
            Assert.Contains(option, help, StringComparison.Ordinal);
            Assert.Contains(variable, help, StringComparison.Ordinal);
        }

        Assert.Contains("Example", help, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task All_invalid_settings_are_reported_at_once(string step)
    {
        var ended = (
            await Programs.RunAsync(
                step,
                ["--pipeline", "flights", "--sture", "x", "--time-limit", "soon", "--output", "xml"]
            )
        ).With(64);

        Assert.Equal("", ended.Output);
        Assert.Contains("'--sture' is not known here. Did you mean '--store'?", ended.Error, StringComparison.Ordinal);
        Assert.Contains(
            "--run-id is missing; looked on the command line, then in TRAINYARD_RUN_ID.",
            ended.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--time-limit is 'soon', but a number and s, m or h is expected.",
            ended.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("--output is 'xml', but one of text, json is expected.", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a b")]
    [InlineData("a'b\"c")]
    [InlineData("ä")]
    [InlineData(".hidden")]
    [InlineData("a\nb")]
    public async Task A_run_id_that_is_none_is_refused(string runId)
    {
        await using var workspace = new FolderAndDuckDb();

        var ended = (
            await Programs.RunAsync(
                "features",
                ["--pipeline", "flights", "--run-id", runId, "--store", workspace.Store]
            )
        ).With(64);

        Assert.EndsWith(
            "is not a run id: letters, digits, '.', '_' and '-', at most 120, a letter or digit first.",
            ended.LastWords,
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(workspace.Store));
    }

    [Fact]
    public async Task A_misspelt_command_is_64_with_the_nearest()
    {
        var ended = (await Programs.RunAsync("trainyard", ["vallidate", "x"])).With(64);

        Assert.Contains(
            "'vallidate' is not known here. Did you mean 'validate'?",
            ended.Error,
            StringComparison.Ordinal
        );
    }
}
