using System.Globalization;

namespace Trainyard.Steps.Score;

/// <summary>One of <paramref name="Of"/> equal shares of a run's parts: those whose place leaves the remainder
/// <paramref name="Number"/> − 1.</summary>
internal sealed record Shard(int Number, int Of)
{
    public const int Most = 64;

    public string ManifestFile => string.Create(CultureInfo.InvariantCulture, $"shard-{Number}-of-{Of}.json");

    public bool Has(int part) => part % Of == Number - 1;

    /// <summary>The shards of a run that is shared by so many.</summary>
    public static IEnumerable<Shard> All(int of) => Enumerable.Range(1, of).Select(number => new Shard(number, of));

    public static Shard Parse(string text) =>
        text.Split('/') is [var number, var of]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && i >= 1
        && i <= n
        && n <= Most
            ? new Shard(i, n)
            : throw new FormatException($"I/N is expected, with 1 <= I <= N <= {Most}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");
}
