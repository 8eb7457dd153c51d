using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Trainyard.Warehouses;

/// <summary>The scripts of this assembly: <c>0001_name.sql</c> is for every warehouse,
/// <c>0002_name.postgres.sql</c> for one; a number is used once.</summary>
internal static partial class Scripts
{
    /// <summary>The last number that Trainyard 1.0 has. Every later script says in its first line which the oldest
    /// version is that may still write.</summary>
    public const int LastOfRelease = 2;

    /// <summary>Those for a warehouse, in order.</summary>
    public static IReadOnlyList<Migration> For(Dialect dialect) =>
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Where(name =>
                    name.Split('.') is [_, "sql"]
                    || (
                        name.Split('.') is [_, var only, "sql"]
                        && only.Equals(dialect.ToString(), StringComparison.OrdinalIgnoreCase)
                    )
                )
                .Select(Read)
                .OrderBy(script => script.Number),
        ];

    private static Migration Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        var (number, sql) = (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), reader.ReadToEnd());
        var oldest =
            number <= LastOfRelease ? "1.0"
            : OldestWriter().Match(sql) is { Success: true } line ? line.Groups[1].Value
            : throw new InvalidOperationException($"{name} does not say who may still write.");
        return new Migration(number, name, oldest, sql);
    }

    [GeneratedRegex(@"\A-- The oldest version that may still write: (\d+\.\d+)\r?\n")]
    private static partial Regex OldestWriter();
}
