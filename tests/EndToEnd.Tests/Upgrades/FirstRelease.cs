using System.Text;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The programs of Trainyard 1.0, built once out of the repository's history.</summary>
internal static class FirstRelease
{
    private const string Commit = "280b6da71557fc53a0c7826d3670c19c095694c4";

    private static readonly Lazy<Task<string>> Folder = new(BuildAsync);

    /// <summary>Runs a program of 1.0.</summary>
    public static async Task<Ended> RunAsync(Workspace workspace, string program, params string[] arguments) =>
        await Programs.RunAssemblyAsync(
            Path.Combine(await Folder.Value, "artifacts", "bin", program, "release", $"{program}.dll"),
            arguments,
            workspace.VariablesWith()
        );

    private static async Task<string> BuildAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var git = Cli.Wrap("git").WithWorkingDirectory(Programs.Root).WithValidation(CommandResultValidation.None);
        var known = await git.WithArguments(["cat-file", "-e", $"{Commit}^{{commit}}"]).ExecuteAsync(cancel);
        Assert.SkipUnless(known.ExitCode == 0, $"It needs the commit {Commit[..7]}: git fetch --unshallow.");

        var folder = Directory.CreateTempSubdirectory("trainyard-1.0-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await (
            git.WithArguments(["archive", Commit]) | Cli.Wrap("tar").WithArguments(["x", "-C", folder])
        ).ExecuteAsync(cancel);
        var said = new StringBuilder();
        var built = await Cli.Wrap(Programs.Dotnet)
            .WithArguments([
                "build",
                "Programs.slnf",
                "-c",
                "Release",
                "-v",
                "quiet",
                "--nologo",
                "-nodeReuse:false",
                "-p:RunAnalyzers=false",
                "-p:UseSharedCompilation=false",
            ])
            .WithWorkingDirectory(folder)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(said))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancel);
        Assert.True(built.ExitCode == 0, said.ToString());
        return folder;
    }
}
