using System.Text;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What a person sees on a terminal.</summary>
public sealed class TerminalTests : ParcelsTests<FolderAndDuckDb>
{
    [Fact]
    public async Task Lines_end_where_the_terminal_does_and_are_whole_in_a_pipe()
    {
        const int Width = 90;
        (
            await Parcels.StepAsync(
                "extract",
                "r1",
                "--kind",
                "score",
                "--as-of",
                "2024-05-18",
                "--warehouse",
                Workspace.Warehouse
            )
        ).With(66);

        var whole = (await Workspace.RunAsync("trainyard", ["runs", "parcels", "--store", Workspace.Store]))
            .With(0)
            .Output;
        var seen = await OnTerminalAsync($"runs parcels --store {Workspace.Store}", Width);

        var line = whole.Split('\n')[1];
        Assert.EndsWith(
            "has no champion: make a train run first. Nothing was changed.",
            line,
            StringComparison.Ordinal
        );
        Assert.True(line.Length > Width);
        Assert.Equal($"{line[..(Width - 1)].TrimEnd()}…", seen.Split('\n')[1].TrimEnd('\r'));

        // What failed is told whole.
        Assert.Contains(
            line[line.IndexOf("Pipeline '", StringComparison.Ordinal)..],
            await OnTerminalAsync($"show parcels r1 --store {Workspace.Store}", Width),
            StringComparison.Ordinal
        );
    }

    /// <summary>Runs the command line on a terminal of a width, as the util-linux program <c>script</c> makes
    /// one.</summary>
    private async Task<string> OnTerminalAsync(string line, int width)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "It needs the program script of util-linux.");
        var output = new StringBuilder();
        await Cli.Wrap("/usr/bin/script")
            .WithArguments([
                "-qec",
                $"stty cols {width}; '{Programs.Dotnet}' '{Programs.AssemblyOf("trainyard")}' {line}",
                "/dev/null",
            ])
            .WithEnvironmentVariables(Programs.Clean(Workspace.VariablesWith(("TERM", "xterm"))))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
