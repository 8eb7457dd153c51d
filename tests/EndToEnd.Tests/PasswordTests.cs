using System.Collections.Concurrent;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Passwords as <c>openssl rand -base64</c> makes them and worse, wherever a person may write one, well or
/// carelessly: the built program says no four characters of it, at debug level neither.</summary>
public sealed class PasswordTests : IDisposable
{
    private const string Signs = "/+=?#@:%& '\\";

    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;

    /// <summary>The places: a command line's words and variables for a password, and for the port of a server that
    /// refuses whoever comes.</summary>
    private IReadOnlyList<Func<string, int, (string[] Words, Dictionary<string, string?> Variables)>> Places =>
        [
            (secret, port) => (["--warehouse", $"postgresql://ada:{secret}@127.0.0.1:{port}/flights"], []),
            (secret, port) => (["--warehous", $"postgresql://ada:{secret}@127.0.0.1:{port}/flights"], []),
            (secret, port) => ([$"--warehous=postgresql://ada:{secret}@127.0.0.1:{port}/flights"], []),
            (secret, port) => (["--warehouse", .. $"postgresql://ada:ab {secret}@127.0.0.1:{port}/x".Split(' ')], []),
            (secret, _) => (["--kind", $"postgresql://ada:{secret}@127.0.0.1/flights"], []),
            (secret, _) => (["--store", $"s3://ada:{secret}@bucket/yard"], Nowhere()),
            (secret, _) => (["--store", $"s3:/ada:{secret}@bucket/yard"], Nowhere()),
            (secret, _) =>
                (["--store", "s3://bucket/yard"], Nowhere("AWS_ENDPOINT_URL", $"http://ada:{secret}@127.0.0.1")),
            (secret, port) => ([], In("TRAINYARD_WAREHOUSE", $"postgresql://ada:{secret}@127.0.0.1:{port}/flights")),
            (secret, port) =>
                (
                    [],
                    In("TRAINYARD_WAREHOUSE", $"host=127.0.0.1 port={port} user=ada password={secret} dbname=flights")
                ),
            (secret, _) => ([], In("TRAINYARD_WAREHOUSE", $"duckdb:postgresql://ada:{secret}@127.0.0.1/flights")),
            (secret, port) =>
                (
                    [],
                    In(
                        "TRAINYARD_WAREHOUSE_FILE",
                        Write($"postgresql://ada:{secret}@127.0.0.1:{port},127.0.0.1:{port}/flights\n")
                    )
                ),
            (secret, port) => ([], In("TRAINYARD_WAREHOUSE_FILE", $"postgresql://ada:{secret}@127.0.0.1:{port}/x")),
            (secret, port) =>
                (
                    [],
                    new()
                    {
                        ["TRAINYARD_WAREHOUSE"] = "postgresql://127.0.0.1/flights?service=yard",
                        ["PGSERVICEFILE"] = Write($"[yard]\nuser=ada\nport={port}\npassword={secret}\n"),
                    }
                ),
            (secret, port) =>
                (
                    [],
                    new()
                    {
                        ["TRAINYARD_WAREHOUSE"] =
                            $"postgresql://ada@127.0.0.1:{port}/flights?passfile="
                            + Write($"127.0.0.1:*:*:ada:{secret.Replace("\\", "\\\\").Replace(":", "\\:")}\n"),
                    }
                ),
        ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_of_a_password_is_said_wherever_it_is_written()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "parcels"));
        File.WriteAllText(Path.Combine(_folder, "parcels", "pipeline.yaml"), Parcels.Spec);
        File.WriteAllText(Path.Combine(_folder, "parcels", "rows.sql"), Parcels.Sql);
        await using var server = new ScriptedPostgres("28P01", "password authentication failed for user \"ada\"");
        var random = new Random(20260302);
        var tries = Places
            .Concat(Places)
            .Select(place => (Place: place, Password: Password(random)))
            .Select(each => (each.Password, Call: each.Place(each.Password, server.Port)))
            .ToList();
        var told = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            tries,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (each, _) =>
            {
                var (words, variables) = each.Call;
                variables["TRAINYARD_LOG_LEVEL"] = "debug";
                var ended = await Programs.RunAsync("extract", [.. Rest(words), .. words], variables);
                var said = ended.Output + ended.Error;
                if (ended.ExitCode is not (64 or 66 or 77 or 78))
                {
                    told.Add($"{ended.ExitCode}: {said}");
                }

                if (
                    Enumerable
                        .Range(0, each.Password.Length - 3)
                        .Any(at => said.Contains(each.Password.Substring(at, 4), StringComparison.Ordinal))
                )
                {
                    told.Add($"'{each.Password}' in {said}");
                }
            }
        );
        Assert.Empty(told);

        // What a failure leaves beside the run.
        var kept = string.Concat(
            Directory
                .EnumerateFiles(Path.Combine(_folder, "store"), "*", SearchOption.AllDirectories)
                .Select(File.ReadAllText)
        );
        Assert.NotEqual("", kept);
        Assert.All(tries, each => Assert.DoesNotContain(each.Password[..4], kept, StringComparison.Ordinal));
        Assert.True(server.Connections > 4);
    }

    /// <summary>What extract needs besides.</summary>
    private IEnumerable<string> Rest(string[] words) =>
        new[]
        {
            ("--pipeline", Path.Combine(_folder, "parcels")),
            ("--run-id", "t1"),
            ("--store", Path.Combine(_folder, "store")),
            ("--kind", "train"),
            ("--as-of", "2024-05-20"),
        }
            .Where(option => !words.Contains(option.Item1))
            .SelectMany(option => new[] { option.Item1, option.Item2 });

    private static string Password(Random random)
    {
        var bytes = new byte[random.Next(9, 25)];
        random.NextBytes(bytes);
        var text = Convert.ToBase64String(bytes);
        return random.Next(2) == 0
            ? text
            : string.Concat(
                text.Select((each, at) => bytes[at % bytes.Length] % 4 == 0 ? Signs[each % Signs.Length] : each)
            );
    }

    private static Dictionary<string, string?> In(string name, string value) => new() { [name] = value };

    private Dictionary<string, string?> Nowhere(string name = "AWS_REGION", string value = "eu-west-1") =>
        new() { ["TRAINYARD_WAREHOUSE"] = $"duckdb:{_folder}/warehouse.duckdb", [name] = value };

    private string Write(string text)
    {
        var file = Path.Combine(_folder, $"file-{Guid.NewGuid():N}");
        File.WriteAllText(file, text);
        return file;
    }
}
