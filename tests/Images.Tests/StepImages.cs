using System.Xml.Linq;

namespace Trainyard.Tests.Images;

/// <summary>The images of this working tree, as `make images` has built them.</summary>
internal static class StepImages
{
    private static readonly Lazy<Task> Demanded = new(FindAsync);

    public static IReadOnlyList<string> Names { get; } =
    ["extract", "features", "train", "score", "measure", "report", "cli"];

    public static string Version { get; } =
        XDocument.Load(Path.Combine(Programs.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>The commit, and whether the files differ from it.</summary>
    public static string Revision { get; private set; } = "";

    public static string Of(string name) => $"trainyard/{name}:{Version}";

    /// <summary>Fails where they have not been built from what is tested; skips the test where there is no
    /// Docker.</summary>
    public static async ValueTask DemandAsync()
    {
        if ((await Docker.PasteAsync("docker version --format '{{.Server.Version}}'", Programs.Root)).ExitCode != 0)
        {
            Assert.Skip("needs Docker");
        }

        await Demanded.Value;
    }

    private static async Task FindAsync()
    {
        Revision = (await Docker.PasteAsync("git describe --always --dirty --abbrev=40 --exclude '*'", Programs.Root))
            .With(0)
            .Output.Trim();
        foreach (var name in Names)
        {
            var found = await Docker.RunAsync(
                "image",
                "inspect",
                "--format",
                "{{index .Config.Labels \"org.opencontainers.image.revision\"}}",
                Of(name)
            );
            Assert.True(
                found.ExitCode == 0 && found.Output.Trim() == Revision,
                $"{Of(name)} is not of this commit: make images. It is of '{found.Output.Trim()}'."
            );
        }
    }
}

/// <summary>Tests of the images; each begins by demanding them.</summary>
public abstract class ImageTests : IAsyncLifetime
{
    public virtual ValueTask InitializeAsync() => StepImages.DemandAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
