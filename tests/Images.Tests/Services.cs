using System.Diagnostics;
using System.Security.Cryptography;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.Images;

/// <summary>PostgreSQL and S3 of docker/compose.yaml in a project of the test's own, so on a network of its own. They
/// go when the test ends, however it ends.</summary>
internal sealed class Services : IAsyncDisposable
{
    private readonly Process _holder;

    private Services(Process holder, string project, string password, int postgresPort) =>
        (_holder, Network, Password, PostgresPort) = (holder, $"{project}_default", password, postgresPort);

    /// <summary>Where containers reach both by their names, postgres and s3.</summary>
    public string Network { get; }

    /// <summary>Of PostgreSQL; the keys of S3 are the same word.</summary>
    public string Password { get; }

    /// <summary>On 127.0.0.1, for what is no container.</summary>
    public int PostgresPort { get; }

    public static async Task<Services> StartAsync()
    {
        var (project, password, port) = (
            $"trainyard-images-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}",
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            LocalPorts.Free()
        );
        var start = new ProcessStartInfo(
            "setsid",
            [Path.Combine(Programs.Root, "tests/Images.Tests/services"), project]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (
            var (name, value) in new[]
            {
                ("POSTGRES_PASSWORD", password),
                ("S3_ACCESS_KEY", password),
                ("S3_SECRET_KEY", password),
                ("POSTGRES_PORT", $"{port}"),
                ("S3_PORT", $"{LocalPorts.Free()}"),
                ("S3_STORE", "memstore"),
            }
        )
        {
            start.Environment[$"TRAINYARD_{name}"] = value;
        }

        var services = new Services(Process.Start(start)!, project, password, port);
        var line = await services._holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line != "ok")
        {
            await services.DisposeAsync();
            Assert.Fail($"The services of docker/compose.yaml did not start: {line}");
        }

        return services;
    }

    /// <summary>docker/steps.env as a reader makes it of its example.</summary>
    public string StepsEnv()
    {
        var text = File.ReadAllText(Path.Combine(Programs.Root, "docker/steps.env.example"));
        foreach (var secret in new[] { "PGPASSWORD=", "AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY=" })
        {
            Assert.Contains($"\n{secret}\n", text, StringComparison.Ordinal);
            text = text.Replace($"\n{secret}\n", $"\n{secret}{Password}\n", StringComparison.Ordinal);
        }

        return text;
    }

    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
    }
}
