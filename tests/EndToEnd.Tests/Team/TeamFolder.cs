using System.Text;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>
/// What a team has: the two packages of this build in a source of their own, the SDK with the template in it, and no
/// checkout of
/// Trainyard. Nothing of the user's is read or changed: not their templates, and of their packages only other people's.
/// </summary>
public sealed class TeamFolder : IAsyncLifetime
{
    private static readonly string Cache =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-team-").FullName;

    private readonly Dictionary<string, Task<string>> _made = [];

    private string NuGetConfig => Path.Combine(_folder, "nuget.config");

    /// <summary>The environment in which the SDK finds the two packages, and keeps what it downloads.</summary>
    public IReadOnlyDictionary<string, string?> Variables =>
        new Dictionary<string, string?>
        {
            ["RestoreConfigFile"] = NuGetConfig,
            ["NUGET_PACKAGES"] = Path.Combine(_folder, "nuget"),
            ["DOTNET_NOLOGO"] = "1",
            // No server of a build outlives it.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
        };

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(
            NuGetConfig,
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="trainyard" value="{_folder}/packages" />
                <add key="others" value="{Cache}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="trainyard"><package pattern="Trainyard.*" /></packageSource>
                <packageSource key="others"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """
        );
        foreach (var project in new[] { "kit/Features", "templates" })
        {
            await DotnetAsync(
                Programs.Root,
                "pack",
                Path.Combine(Programs.Root, project),
                "-c",
                "Release",
                "--no-build",
                "-v",
                "quiet",
                "-o",
                $"{_folder}/packages"
            );
        }

        await DotnetAsync(
            _folder,
            "new",
            "install",
            Assert.Single(Directory.EnumerateFiles($"{_folder}/packages", "Trainyard.Templates.*.nupkg")),
            "--debug:custom-hive",
            $"{_folder}/templates"
        );
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a folder that several tests read, for the first of them.</summary>
    public Task<string> OnceAsync(string name, Func<Task<string>> make) =>
        _made.TryGetValue(name, out var made) ? made : _made[name] = make();

    /// <summary>Makes a repository, or adds to one that is there.</summary>
    /// <returns>Its folder.</returns>
    public async Task<string> NewAsync(string name, params string[] options)
    {
        await DotnetAsync(_folder, New(name, options));
        return RepositoryOf(name);
    }

    /// <summary>Asks for a repository that is refused.</summary>
    /// <returns>What was said.</returns>
    public async Task<string> RefusedAsync(string name, params string[] options)
    {
        var (code, output) = await TryDotnetAsync(_folder, New(name, options));
        Assert.True(code != 0, output);
        Assert.True(
            !Directory.Exists(RepositoryOf(name)) || !Directory.EnumerateFileSystemEntries(RepositoryOf(name)).Any()
        );
        return output;
    }

    /// <summary>Writes the project of a library of features with one source file, and builds it.</summary>
    /// <returns>The folder of what was built.</returns>
    public async Task<string> LibraryAsync(string name, string source, string packages = "")
    {
        var folder = Path.Combine(_folder, "libraries", name);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Feature.cs"), source);
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{name}.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <OutDir>bin/</OutDir>
                <EnableDynamicLoading>true</EnableDynamicLoading>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Trainyard.Features" Version="*" />
                {packages}
              </ItemGroup>
            </Project>
            """
        );
        await DotnetAsync(folder, "build", "-c", "Release", "-v", "quiet", "--nologo");
        return Path.Combine(folder, "bin");
    }

    /// <summary>Runs the SDK as the team does.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var (code, output) = await TryDotnetAsync(folder, arguments);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)} ended with {code}.\n{output}");
        return output;
    }

    private string RepositoryOf(string name) => Path.Combine(_folder, "repositories", name);

    private string[] New(string name, string[] options) =>
        [
            "new",
            "trainyard-pipeline",
            "--output",
            RepositoryOf(name),
            "--debug:custom-hive",
            $"{_folder}/templates",
            .. options,
        ];

    private async Task<(int Code, string Output)> TryDotnetAsync(string folder, params string[] arguments)
    {
        var output = new StringBuilder();
        var result = await Cli.Wrap(Programs.Dotnet)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(Programs.Clean(Variables))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return (result.ExitCode, output.ToString());
    }
}

[CollectionDefinition(nameof(TeamFolder))]
public sealed class TeamCollection : ICollectionFixture<TeamFolder>;
