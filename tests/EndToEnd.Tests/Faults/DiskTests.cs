using System.Runtime.Versioning;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A folder store on a disk that is full, or that may not be written.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DiskTests : ParcelsTests<FolderAndDuckDb>
{
    [Fact]
    public async Task A_full_disk_is_69_and_what_was_begun_is_gone()
    {
        var store = Directory.CreateDirectory(Path.Combine(Workspace.Folder, "small")).FullName;

        // A disk of its own for the program, gone with it; what is left on it is listed before.
        var ended = (
            await ShellAsync(
                $"mount -t tmpfs -o size=200k small '{store}' && \"$@\"; code=$?; find '{store}' -type f; exit $code",
                "unshare",
                ["-rm"],
                store
            )
        ).With(69);

        Assert.Matches(@"No space left on device: make room\. Nothing was changed\.$", ended.LastWords);
        Assert.DoesNotContain("part-", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("run.json", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_may_not_be_written_is_77()
    {
        var store = Directory.CreateDirectory(Path.Combine(Workspace.Folder, "closed")).FullName;
        File.SetUnixFileMode(
            store,
            UnixFileMode.UserRead
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );
        File.SetUnixFileMode(
            Workspace.Folder,
            File.GetUnixFileMode(Workspace.Folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute
        );

        // Root may write anything, so root becomes nobody.
        var ended = (
            await ShellAsync(
                "exec \"$@\"",
                Environment.IsPrivilegedProcess ? "setpriv" : "env",
                Environment.IsPrivilegedProcess ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : [],
                store
            )
        ).With(77);

        Assert.Equal(
            $"The store {store} cannot be used at '.unfinished': permission denied: give the user it "
                + "runs as the right. Nothing was changed.",
            ended.LastWords
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(store));
    }

    /// <summary>Runs extract by a shell's script, which finds its command line in "$@".</summary>
    private async Task<Ended> ShellAsync(string script, string program, IEnumerable<string> before, string store)
    {
        var (output, error) = (new System.Text.StringBuilder(), new System.Text.StringBuilder());
        var result = await Cli.Wrap(program)
            .WithArguments([
                .. before,
                "sh",
                "-c",
                script,
                "sh",
                Programs.Dotnet,
                Programs.AssemblyOf("extract"),
                "--pipeline",
                Parcels.Folder,
                "--run-id",
                "t1",
                "--store",
                store,
                "--warehouse",
                Workspace.Warehouse,
                "--kind",
                "train",
                "--as-of",
                "2024-05-20",
            ])
            .WithEnvironmentVariables(Programs.Clean(Workspace.VariablesWith()))
            .WithWorkingDirectory(Path.GetTempPath())
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return new Ended(result.ExitCode, output.ToString(), error.ToString());
    }
}
