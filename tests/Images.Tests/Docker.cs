using System.Text;
using System.Text.Json.Nodes;
using CliWrap;

namespace Trainyard.Tests.Images;

/// <summary>Docker and a shell, as a user calls them.</summary>
internal static class Docker
{
    public static Task<Ended> RunAsync(params IEnumerable<string> arguments) =>
        CallAsync("docker", arguments, Programs.Root);

    /// <summary>Runs lines that a reader pastes into a shell standing in a folder; the first that fails ends
    /// them.</summary>
    public static Task<Ended> PasteAsync(string lines, string folder) =>
        CallAsync("bash", ["-euo", "pipefail", "-c", lines], folder);

    /// <summary>What Docker says about an image, a container or a network.</summary>
    public static async Task<JsonNode> InspectAsync(string name) =>
        JsonNode.Parse((await RunAsync("inspect", name)).With(0).Output)![0]!;

    /// <summary>The files of an image, without the slash they begin with.</summary>
    public static async Task<IReadOnlyList<string>> FilesOfAsync(string image)
    {
        var container = (await RunAsync("create", image)).With(0).Output.Trim();
        try
        {
            return (await PasteAsync($"docker export {container} | tar -t", Path.GetTempPath()))
                .With(0)
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            await RunAsync("rm", container);
        }
    }

    private static async Task<Ended> CallAsync(string program, IEnumerable<string> arguments, string folder)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var result = await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(new Dictionary<string, string?> { ["DOCKER_BUILDKIT"] = "1" })
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return new Ended(result.ExitCode, output.ToString(), error.ToString());
    }
}
