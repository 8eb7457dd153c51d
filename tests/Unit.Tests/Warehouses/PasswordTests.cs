using System.Net.Sockets;
using Npgsql;
using Trainyard.Pipelines;
using Trainyard.Warehouses.Postgres;

namespace Trainyard.Tests.Warehouses;

/// <summary>Passwords as people make them, in every form that psql takes, encoded or not: whatever comes of it, no four
/// characters of one are said.</summary>
public sealed class PasswordTests
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Signs = "/+=?#@:%& '\\,;[]{}$!\"<>|*~^`.-_";

    /// <summary>Forms that hold any password.</summary>
    private static readonly Func<string, string>[] Sound =
    [
        password => $"postgresql://ada:{Uri.EscapeDataString(password)}@db.example:6543/flights",
        password => $"postgres://ada:{Uri.EscapeDataString(password)}@one.example,two.example:6543/flights",
        password => $"postgresql://db.example/flights?user=ada&password={Uri.EscapeDataString(password)}",
        password =>
            $"host=db.example user=ada password='{password.Replace("\\", "\\\\").Replace("'", "\\'")}' port=6543",
    ];

    /// <summary>And what becomes of one where nobody thought of that.</summary>
    private static readonly Func<string, string>[] Careless =
    [
        password => $"postgresql://ada:{password}@db.example:6543/flights",
        password => $"postgresql://ada:{password}@one.example:6543,two.example/flights?sslmode=require",
        password => $"postgresql://ada:{password}@/flights?host=/run/pg",
        password => $"postgresql://ada@db.example/flights?password={password}",
        password => $"postgresql://ada:{password}@db.example/flights?user={Uri.EscapeDataString("ada:" + password)}",
        password => $"postgresql://{Uri.EscapeDataString($"ada:{password}@db.example")}/flights",
        password => $"postgresql://{Uri.EscapeDataString($"ada:{password}")}@db.example/flights",
        password => $"host=db.example user=ada password={password} dbname=flights",
        password => $"password='{password}' host=db.example user=ada",
        password => $"password = \"{password}\" host=db.example user=ada",
        password => $"host=db.example user=ada dbname=postgresql://ada:{password}@db.example/flights",
    ];

    public static IEnumerable<string> Passwords()
    {
        var random = new Random(20260302);
        for (var i = 0; i < 1000; i++)
        {
            var bytes = new byte[random.Next(6, 33)];
            random.NextBytes(bytes);
            yield return i % 2 == 0
                ? Convert.ToBase64String(bytes)
                : string.Concat(bytes.Select(each => each % 3 == 0 ? Signs[each % Signs.Length] : Letters[each % 62]));
        }
    }

    [Fact]
    public void Nothing_of_a_password_is_said()
    {
        var service = Path.GetTempFileName();
        foreach (var password in Passwords())
        {
            File.WriteAllText(service, $"[yard]\nhost=db.example\nuser=ada\npassword={password}\n{password}=x\n");
            string[] said =
            [
                .. Sound.Concat(Careless).Select(form => Say(form(password), [])),
                Say("postgresql://ada@db.example/flights", new() { ["PGPASSWORD"] = password }),
                Say("service=yard", new() { ["PGSERVICEFILE"] = service }),
                Say("postgresql://", new() { ["PGSERVICEFILE"] = service, ["PGSERVICE"] = "yard" }),
                Say($"service={password}", new() { ["PGSERVICEFILE"] = service }),
            ];
            Assert.All(said, words => Assert.False(Tells(words, password), $"'{password}' in: {words}"));
        }

        File.Delete(service);
    }

    [Fact]
    public void What_is_written_as_psql_wants_it_is_the_password()
    {
        foreach (var password in Passwords())
        {
            Assert.All(
                Sound,
                form => Assert.Equal(password, PostgresAddress.Parse(form(password), Nothing, "test").Settings.Password)
            );
            Assert.Equal(
                password,
                PostgresAddress
                    .Parse("postgresql://", new Dictionary<string, string> { ["PGPASSWORD"] = password }, "test")
                    .Settings.Password
            );
        }
    }

    /// <summary>The rule can be broken, or the tests above would say nothing.</summary>
    [Fact]
    public void A_password_that_is_said_is_noticed() => Assert.True(Tells("the port is 'cret'", "secret"));

    private static Dictionary<string, string> Nothing => [];

    /// <summary>All that can be said about an address: why it is none, or what it is, and that nobody answers
    /// there.</summary>
    private static string Say(string text, Dictionary<string, string> environment)
    {
        try
        {
            var address = PostgresAddress.Parse(text, environment, "test");
            var errors = new OpeningErrors(address, address.Trust());
            return string.Join(
                '\n',
                address.Uri,
                errors.Of(new PostgresException("password authentication failed", "FATAL", "FATAL", "28P01")),
                errors.Of(new NpgsqlException("Failed", new SocketException(111))),
                PostgresErrors.Of(new NpgsqlException("Cut", new IOException("cut")), address.Uri)
            );
        }
        catch (Fault fault)
        {
            return fault.ToString();
        }
    }

    private static bool Tells(string words, string password) =>
        Enumerable
            .Range(0, Math.Max(0, password.Length - 3))
            .Any(at => words.Contains(password.Substring(at, 4), StringComparison.Ordinal));
}
